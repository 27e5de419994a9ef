package io.plateflow.schemas.corrections;

import io.plateflow.schemas.corrections.CorrectionKind.Aspect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that people changed about one pass. What holds depends on the set of corrections alone, not
 * on the order in which they came.
 */
public final class PassCorrections {

  /** Each id once, in its latest form, the latest change last. */
  private final List<Correction> all;

  private PassCorrections(List<Correction> all) {
    this.all = all;
  }

  public static PassCorrections of(List<Correction> corrections) {
    Map<String, Correction> latest = new HashMap<>();
    for (Correction one : corrections) {
      latest.merge(
          one.correctionId(),
          one,
          (known, other) -> other.changedAt().isBefore(known.changedAt()) ? known : other);
    }
    List<Correction> all = new ArrayList<>(latest.values());
    all.sort(Correction.BY_TIME);
    return new PassCorrections(all);
  }

  /** Every correction, also those that are taken back or that a later one replaced. */
  public List<Correction> all() {
    return all;
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** The correction of an aspect that holds, or null. */
  public @Nullable Correction holding(Aspect aspect) {
    Correction holding = null;
    for (Correction one : all) {
      if (one.kind().aspect() == aspect && !one.removed()) {
        holding = one;
      }
    }
    return holding;
  }

  /** Those that were made by this time. */
  public PassCorrections until(Instant time) {
    return new PassCorrections(all.stream().filter(c -> !c.changedAt().isAfter(time)).toList());
  }

  /** Whether the pass is to be gone. */
  public boolean gone() {
    return all.stream().anyMatch(c -> c.kind().aspect() == Aspect.EXISTENCE);
  }

  /** Whether nobody is to know of it any more. */
  public boolean erased() {
    return all.stream().anyMatch(c -> c.kind() == CorrectionKind.ERASE);
  }

  /** All texts that the plate was ever said to have by a person. */
  public List<String> plates() {
    List<String> plates = new ArrayList<>();
    for (Correction one : all) {
      String to = one.to();
      if (one.kind() == CorrectionKind.PLATE && to != null && !plates.contains(to)) {
        plates.add(to);
      }
    }
    return plates;
  }
}
