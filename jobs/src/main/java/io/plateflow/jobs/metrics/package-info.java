/**
 * Names and shapes of metrics and accumulators that several operators share. Lies below all of
 * them.
 */
package io.plateflow.jobs.metrics;
