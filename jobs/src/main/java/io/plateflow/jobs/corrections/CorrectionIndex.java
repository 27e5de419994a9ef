package io.plateflow.jobs.corrections;

import io.plateflow.schemas.corrections.Correction;
import io.plateflow.schemas.corrections.PassCorrections;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All corrections by their pass, in memory: they are few, since people make them, and a pass of any
 * age may be replayed.
 */
public final class CorrectionIndex {

  private static final PassCorrections NONE = PassCorrections.of(List.of());

  private final Map<String, PassCorrections> byPass = new HashMap<>();

  public void add(Correction correction) {
    byPass.merge(
        correction.passId(),
        PassCorrections.of(List.of(correction)),
        (known, one) -> {
          List<Correction> all = new ArrayList<>(known.all());
          all.addAll(one.all());
          return PassCorrections.of(all);
        });
  }

  public PassCorrections of(String passId) {
    return byPass.getOrDefault(passId, NONE);
  }
}
