package io.plateflow.schemas.pass;

import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.StatusMatch;
import java.time.Instant;
import java.util.List;

/**
 * A listed plate was seen. The same id comes again, with a higher revision, when the alert is
 * corrected or withdrawn.
 *
 * @param match the entry that decides, in the words of the simple access list; of a withdrawn alert
 *     the one before
 * @param emittedAt wall clock of the operator that raised it
 * @param pass as known then, not matched itself
 * @param matches all entries that the plate matched, the one that decides first; of a withdrawn
 *     alert those before
 */
public record Alert(
    int revision,
    State state,
    StatusMatch match,
    Instant emittedAt,
    VehiclePass pass,
    List<ListMatch> matches) {

  public Alert {
    // State of before there were lists has the one entry.
    matches = matches == null ? List.of(simple(match)) : List.copyOf(matches);
  }

  private static ListMatch simple(StatusMatch match) {
    AccessList list =
        match.type() == PlateListType.BLACKLIST ? AccessList.BLACKLIST : AccessList.WHITELIST;
    return ListMatch.of(
        list,
        match.listedPlate(),
        match.listedPlate(),
        match.distance() == 0 ? ListMatch.Kind.EXACT : ListMatch.Kind.FUZZY,
        match.distance(),
        match.tolerance());
  }

  /** How sure the alert is. */
  public enum State {
    /** Reads agree, the vehicle is still in view. */
    PROVISIONAL,
    /** The finished pass says the same. */
    CONFIRMED,
    /** The finished pass reads another plate, which is listed too. */
    CORRECTED,
    /** The finished pass reads a plate that is on no list. */
    WITHDRAWN
  }

  /** The pass's: a pass raises one alert. */
  public String alertId() {
    return pass.passId();
  }

  /** As read, normalised; empty where the pass has none any more. */
  public String plate() {
    return pass.plateText();
  }

  public Alert withPass(VehiclePass newPass) {
    return new Alert(revision, state, match, emittedAt, newPass, matches);
  }
}
