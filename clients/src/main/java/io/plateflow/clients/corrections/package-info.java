/**
 * What people change: parsing and sending it, and what the tables know of the passes it is about.
 */
@NullMarked
package io.plateflow.clients.corrections;

import org.jspecify.annotations.NullMarked;
