package io.plateflow.schemas.pass;

import io.plateflow.schemas.status.StatusMatch;
import java.time.Instant;

/**
 * A listed plate was seen. The same id comes again, with a higher revision, when the alert is
 * corrected or withdrawn.
 *
 * @param match the entry of the list that it is about; of a withdrawn alert the one before
 * @param emittedAt wall clock of the operator that raised it
 * @param pass as known then, not matched itself
 */
public record Alert(
    int revision, State state, StatusMatch match, Instant emittedAt, VehiclePass pass) {

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
    return new Alert(revision, state, match, emittedAt, newPass);
  }
}
