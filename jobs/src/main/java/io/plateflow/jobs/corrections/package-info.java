/**
 * What people change about passes, and what follows from it for everything that was told of them.
 */
@NullMarked
package io.plateflow.jobs.corrections;

import org.jspecify.annotations.NullMarked;
