/**
 * The configuration of the job, read from one YAML file. Used by the entry point and the topology
 * alone: operators get the records of their own package.
 */
@NullMarked
package io.plateflow.jobs.config;

import org.jspecify.annotations.NullMarked;
