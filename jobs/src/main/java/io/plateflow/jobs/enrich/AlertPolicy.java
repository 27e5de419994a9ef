package io.plateflow.jobs.enrich;

import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.StatusMatch;
import java.time.Instant;

/** Decides which alert, if any, follows from an update of a pass. */
final class AlertPolicy {

  private AlertPolicy() {}

  /**
   * @param previous the alert sent last for this pass, or null
   * @param match the pass's current match on the access list, or null
   * @return the alert to send, or null where nothing changed
   */
  static Alert next(Alert previous, PassUpdate update, StatusMatch match, Instant now) {
    boolean listed = match != null && match.type() == PlateListType.BLACKLIST;
    boolean standing = previous != null && previous.state() != Alert.State.WITHDRAWN;
    if (!listed) {
      return standing
          ? alert(previous.revision() + 1, Alert.State.WITHDRAWN, update, previous.match(), now)
          : null;
    }
    if (previous == null) {
      Alert.State state = update.ended() ? Alert.State.CONFIRMED : Alert.State.PROVISIONAL;
      return alert(0, state, update, match, now);
    }
    boolean same =
        standing
            && previous.match().listedPlate().equals(match.listedPlate())
            && previous.plate().equals(update.pass().plateText());
    if (!same) {
      return alert(previous.revision() + 1, Alert.State.CORRECTED, update, match, now);
    }
    boolean confirms = update.ended() && previous.state() != Alert.State.CONFIRMED;
    return confirms
        ? alert(previous.revision() + 1, Alert.State.CONFIRMED, update, match, now)
        : null;
  }

  private static Alert alert(
      int revision, Alert.State state, PassUpdate update, StatusMatch match, Instant now) {
    return new Alert(revision, state, match, now, update.pass());
  }
}
