package io.plateflow.jobs.track;

import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.ReadRequest;

/** Receives the tracker's results. */
public interface PassOutput {

  void update(PassUpdate update);

  /** Emits a question to Gemini; the pass does not wait for its answer. */
  void ask(ReadRequest request);
}
