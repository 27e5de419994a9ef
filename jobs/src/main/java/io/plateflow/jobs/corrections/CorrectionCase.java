package io.plateflow.jobs.corrections;

import io.plateflow.clients.corrections.RecordedPass;
import io.plateflow.schemas.corrections.Correction;
import io.plateflow.schemas.frame.RejectedRecord;
import org.jspecify.annotations.Nullable;

/**
 * A correction with what the tables know of its pass, or why it is none.
 *
 * @param correction null where it was rejected
 * @param recorded null where the tables do not have the pass, or not yet
 * @param rejected null where there is a correction
 */
public record CorrectionCase(
    @Nullable Correction correction,
    @Nullable RecordedPass recorded,
    @Nullable RejectedRecord rejected) {

  static CorrectionCase of(Correction correction, @Nullable RecordedPass recorded) {
    return new CorrectionCase(correction, recorded, null);
  }

  static CorrectionCase rejected(RejectedRecord rejected) {
    return new CorrectionCase(null, null, rejected);
  }
}
