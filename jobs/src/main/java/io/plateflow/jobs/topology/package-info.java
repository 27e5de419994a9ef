/**
 * Joins sources, operators and sinks to the job graph, from a configuration or from parts that a
 * test passes in. Used by the entry points alone.
 */
@NullMarked
package io.plateflow.jobs.topology;

import org.jspecify.annotations.NullMarked;
