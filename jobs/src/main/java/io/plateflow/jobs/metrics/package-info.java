/**
 * Names and shapes of metrics and accumulators that several operators share. Lies below all of
 * them.
 */
@NullMarked
package io.plateflow.jobs.metrics;

import org.jspecify.annotations.NullMarked;
