package io.plateflow.jobs.pass;

import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.ConfusionDistance;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pass as rules look at it.
 *
 * @param key of the stream: the plate with look-alikes folded into one, or the pass where it has
 *     none
 * @param pass with what the lists say of it
 * @param ended whether its track has ended
 * @param retracted it has another key by now, or there never was such a pass
 */
public record RulePass(String key, VehiclePass pass, boolean ended, boolean retracted) {

  /** The pass as it is now. */
  public static RulePass of(VehiclePass matched, boolean ended) {
    return new RulePass(key(matched), matched, ended, false);
  }

  /**
   * Takes the pass back wherever it may have counted before.
   *
   * @param plates that it had, or may have had
   * @param now as it is now; null where there is no such pass any more
   */
  public static List<RulePass> retracted(
      VehiclePass recorded, Collection<String> plates, @Nullable VehiclePass now) {
    Map<String, RulePass> retracted = new LinkedHashMap<>();
    PassPlate plate = recorded.plate();
    retracted.put(key(recorded), retracted(recorded));
    for (String text : plates) {
      VehiclePass before = plate == null ? null : recorded.withPlate(plate.withText(text));
      if (before != null) {
        retracted.put(key(before), retracted(before));
      }
    }
    if (now != null) {
      retracted.remove(key(now));
    }
    return List.copyOf(retracted.values());
  }

  /** There is no such pass. */
  public static RulePass retracted(VehiclePass before) {
    return new RulePass(key(before), before, true, true);
  }

  private static String key(VehiclePass pass) {
    return pass.plateText().isEmpty()
        ? "pass " + pass.passId()
        : "plate " + ConfusionDistance.fold(pass.plateText());
  }
}
