package io.plateflow.clients.testing;

import io.plateflow.schemas.corrections.Correction;
import io.plateflow.schemas.corrections.CorrectionKind;
import java.time.Instant;

/** Corrections as tests need them. */
public final class TestCorrections {

  private TestCorrections() {}

  public static Correction correction(
      String id, CorrectionKind kind, String passId, String to, Instant at) {
    return new Correction(
        id,
        kind,
        passId,
        null,
        to,
        null,
        null,
        null,
        null,
        "seen on the picture",
        at,
        "ana",
        false);
  }

  public static Correction plate(String id, String passId, String to, Instant at) {
    return correction(id, CorrectionKind.PLATE, passId, to, at);
  }

  public static Correction takenBack(Correction correction, Instant at) {
    return new Correction(
        correction.correctionId(),
        correction.kind(),
        correction.passId(),
        correction.from(),
        correction.to(),
        correction.gate(),
        correction.site(),
        correction.entryPassId(),
        correction.at(),
        correction.reason(),
        at,
        correction.changedBy(),
        true);
  }
}
