package io.plateflow.jobs.ladder;

import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.ReadAnswer;
import org.jspecify.annotations.Nullable;

/**
 * A pass that Gemini was asked about.
 *
 * @param last last update of the tracker, or null where the answer came first
 * @param answer or null while it is pending
 */
public record PendingPass(@Nullable PassUpdate last, @Nullable ReadAnswer answer) {}
