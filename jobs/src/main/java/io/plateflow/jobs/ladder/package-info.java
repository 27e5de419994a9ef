/**
 * Joins Gemini's answers to the passes that they are about. A pass never waits for an answer; it is
 * emitted again when one has changed it.
 */
@NullMarked
package io.plateflow.jobs.ladder;

import org.jspecify.annotations.NullMarked;
