package io.plateflow.jobs.track;

import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.ReadRequest;

/** Where the tracker's results go. */
public interface PassOutput {

  void update(PassUpdate update);

  /** Asks for a second opinion; the pass does not wait for it. */
  void ask(ReadRequest request);
}
