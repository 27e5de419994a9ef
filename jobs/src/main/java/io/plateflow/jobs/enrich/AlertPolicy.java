package io.plateflow.jobs.enrich;

import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.StatusMatch;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides which alert, if any, follows from an update of a pass. */
final class AlertPolicy {

  private AlertPolicy() {}

  /**
   * @param previous the alert sent last for this pass, or null
   * @param match the pass's current match on the access list, or null
   * @return the alert to send, or null where nothing changed
   */
  static @Nullable Alert next(
      @Nullable Alert previous, PassUpdate update, @Nullable StatusMatch match, Instant now) {
    StatusMatch listed = match != null && match.type() == PlateListType.BLACKLIST ? match : null;
    if (previous == null) {
      Alert.State state = update.ended() ? Alert.State.CONFIRMED : Alert.State.PROVISIONAL;
      return listed == null ? null : alert(0, state, update, listed, now);
    }
    boolean standing = previous.state() != Alert.State.WITHDRAWN;
    if (listed == null) {
      return standing
          ? alert(previous.revision() + 1, Alert.State.WITHDRAWN, update, previous.match(), now)
          : null;
    }
    boolean same =
        standing
            && previous.match().listedPlate().equals(listed.listedPlate())
            && previous.plate().equals(update.pass().plateText());
    if (!same) {
      return alert(previous.revision() + 1, Alert.State.CORRECTED, update, listed, now);
    }
    boolean confirms = update.ended() && previous.state() != Alert.State.CONFIRMED;
    return confirms
        ? alert(previous.revision() + 1, Alert.State.CONFIRMED, update, listed, now)
        : null;
  }

  private static Alert alert(
      int revision, Alert.State state, PassUpdate update, StatusMatch match, Instant now) {
    return new Alert(revision, state, match, now, update.pass());
  }
}
