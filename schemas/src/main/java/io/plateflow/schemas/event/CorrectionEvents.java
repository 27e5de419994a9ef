package io.plateflow.schemas.event;

import io.plateflow.schemas.avro.CorrectionEvent;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.corrections.Correction;
import io.plateflow.schemas.corrections.CorrectionKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Maps corrections to events and back. */
public final class CorrectionEvents {

  private CorrectionEvents() {}

  public static CorrectionEvent event(Correction correction) {
    GateType gate = correction.gate();
    return CorrectionEvent.newBuilder()
        .setCorrectionId(correction.correctionId())
        .setKind(correction.kind().label())
        .setPassId(correction.passId())
        .setFrom(correction.from())
        .setTo(correction.to())
        .setGate(gate == null ? null : gate.label())
        .setSite(correction.site())
        .setEntryPassId(correction.entryPassId())
        .setAt(correction.at())
        .setReason(correction.reason())
        .setChangedAt(correction.changedAt())
        .setChangedBy(correction.changedBy())
        .setRemoved(correction.removed())
        .build();
  }

  /**
   * @throws IllegalArgumentException that says which field is wrong
   */
  public static Correction correction(CorrectionEvent event) {
    return new Correction(
        event.getCorrectionId(),
        CorrectionKind.of(event.getKind()),
        event.getPassId(),
        event.getFrom(),
        event.getTo(),
        gate(event.getGate()),
        event.getSite(),
        event.getEntryPassId(),
        event.getAt(),
        event.getReason(),
        event.getChangedAt(),
        event.getChangedBy(),
        event.getRemoved());
  }

  private static @Nullable GateType gate(@Nullable String label) {
    if (label == null) {
      return null;
    }
    return Arrays.stream(GateType.values())
        .filter(gate -> gate.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "gate: found '%s', expected entry, exit or passage".formatted(label)));
  }
}
