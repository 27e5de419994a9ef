package io.plateflow.jobs.enrich;

import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.StatusMatch;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides which alert, if any, follows from an update of a pass. */
final class AlertPolicy {

  private AlertPolicy() {}

  /**
   * @param previous the alert sent last for this pass, or null
   * @param matches of the pass's plate now, the strictest first
   * @return the alert to send, or null where nothing changed
   */
  static @Nullable Alert next(
      @Nullable Alert previous, PassUpdate update, List<ListMatch> matches, Instant now) {
    StatusMatch match = matches.isEmpty() ? null : StatusMatch.of(matches.get(0));
    boolean standing = previous != null && previous.state() != Alert.State.WITHDRAWN;
    if (match == null || match.type() != PlateListType.BLACKLIST) {
      return previous != null && standing
          ? new Alert(
              previous.revision() + 1,
              Alert.State.WITHDRAWN,
              previous.match(),
              now,
              update.pass(),
              previous.matches())
          : null;
    }
    if (previous == null) {
      Alert.State state = update.ended() ? Alert.State.CONFIRMED : Alert.State.PROVISIONAL;
      return new Alert(0, state, match, now, update.pass(), matches);
    }
    boolean sameCar = standing && previous.plate().equals(update.pass().plateText());
    Alert.State state =
        !sameCar
            ? Alert.State.CORRECTED
            : update.ended() ? Alert.State.CONFIRMED : previous.state();
    boolean news =
        !sameCar
            || state != previous.state() && previous.state() != Alert.State.CONFIRMED
            || !previous.matches().equals(matches);
    return news
        ? new Alert(previous.revision() + 1, state, match, now, update.pass(), matches)
        : null;
  }
}
