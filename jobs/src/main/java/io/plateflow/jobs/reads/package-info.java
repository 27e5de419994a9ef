/**
 * What others than the cameras of the job saw: where their names stand for, how a read becomes a
 * pass, and which passes of one source are one.
 */
@NullMarked
package io.plateflow.jobs.reads;

import org.jspecify.annotations.NullMarked;
