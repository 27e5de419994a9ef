/**
 * Reads of vehicles and plates that other programs and cameras send on a topic: parsing and checks.
 */
@NullMarked
package io.plateflow.clients.reads;

import org.jspecify.annotations.NullMarked;
