package io.plateflow.jobs.pass;

import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.ConfusionDistance;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * What follows from an update.
   *
   * @param before the pass as it was told last, or null
   */
  public static List<RulePass> of(
      @Nullable VehiclePass before, PassUpdate update, List<ListMatch> matches) {
    VehiclePass pass = update.pass().withMatches(matches);
    List<RulePass> told = new ArrayList<>();
    if (before != null && !key(before).equals(key(pass))) {
      told.add(retracted(before));
    }
    told.add(new RulePass(key(pass), pass, update.ended(), false));
    return told;
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
