/**
 * Joins sources, operators and sinks to the job graph, from a configuration or from parts that a
 * test passes in. Used by the entry points alone.
 */
package io.plateflow.jobs.topology;
