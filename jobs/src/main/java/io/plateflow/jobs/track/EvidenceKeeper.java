package io.plateflow.jobs.track;

import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.pass.Evidence;
import java.io.Serializable;

/** Keeps the pictures of a pass. */
@FunctionalInterface
public interface EvidenceKeeper {

  /** Keeps this frame as the one that shows the pass best, in place of an earlier one. */
  Evidence keep(String passId, Frame frame, PairedDetection detection);

  /** Opens the keeper when an operator starts. */
  @FunctionalInterface
  interface Factory extends Serializable {
    EvidenceKeeper open();
  }
}
