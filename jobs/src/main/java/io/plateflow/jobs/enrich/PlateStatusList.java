package io.plateflow.jobs.enrich;

import io.plateflow.models.grammar.ConfusionIndex;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.PlateStatus;
import io.plateflow.schemas.status.StatusMatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The access list in memory. Entries come in any order; per plate the highest version holds. An
 * exact entry wins over every near one; among near ones the nearest, and at equal distance the
 * blacklist.
 */
final class PlateStatusList {

  private final double tolerance;
  private final Map<String, PlateStatus> byPlate = new HashMap<>();
  private final ConfusionIndex index;

  /**
   * @param tolerance largest confusion-weighted distance that counts, 0 for exact matches only
   */
  PlateStatusList(double tolerance) {
    this.tolerance = tolerance;
    this.index = new ConfusionIndex(tolerance);
  }

  /** Adds an entry, unless a newer one of this plate is known. @return whether the list changed */
  boolean apply(PlateStatus status) {
    PlateStatus known = byPlate.get(status.plate());
    if (known != null && known.version() >= status.version()) {
      return false;
    }
    byPlate.put(status.plate(), status);
    if (status.type() == null) {
      index.remove(status.plate());
    } else {
      index.add(status.plate());
    }
    return true;
  }

  /**
   * @param plate normalised; may be empty
   * @return the matching entry, or null
   */
  @Nullable StatusMatch match(String plate) {
    if (plate.isEmpty()) {
      return null;
    }
    PlateStatus exact = byPlate.get(plate);
    if (exact != null && exact.type() != null) {
      return new StatusMatch(plate, exact.type(), 0, tolerance);
    }
    StatusMatch best = null;
    List<ConfusionIndex.Match> near = tolerance > 0 ? index.matches(plate) : List.of();
    for (ConfusionIndex.Match candidate : near) {
      PlateListType type = listed(candidate.plate());
      if (best == null
          || candidate.distance() < best.distance()
          || candidate.distance() == best.distance() && type == PlateListType.BLACKLIST) {
        best = new StatusMatch(candidate.plate(), type, candidate.distance(), tolerance);
      }
    }
    return best;
  }

  /** The list that a plate of the index is on. */
  private PlateListType listed(String plate) {
    PlateStatus entry = byPlate.get(plate);
    return Objects.requireNonNull(
        entry == null ? null : entry.type(), "the index holds listed plates only");
  }
}
