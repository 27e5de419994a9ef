/**
 * The entry point of the job on a cluster. Everything below it is one package for each step from a
 * frame to a pass, and the topology that joins them.
 */
@NullMarked
package io.plateflow.jobs;

import org.jspecify.annotations.NullMarked;
