package io.plateflow.jobs.ladder;

import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.ReadAnswer;

/**
 * A pass that Gemini was asked about.
 *
 * @param last as last heard from the tracker, or null where the answer came first
 * @param answer or null where it has not come yet
 */
public record PendingPass(PassUpdate last, ReadAnswer answer) {}
