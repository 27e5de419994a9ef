package io.plateflow.jobs.enrich;

import io.plateflow.jobs.pass.AccessConfig;
import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.access.AccessDecision.Outcome;
import io.plateflow.schemas.access.AccessDecision.Reason;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.lists.ListMeaning;
import io.plateflow.schemas.pass.Evidence;
import io.plateflow.schemas.pass.PassOrigin;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.VehiclePass;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a gate may do. It opens for the very plate of a list only, or for one of a list's
 * patterns, and only when enough reads say so: never for a look-alike, for one early read or for a
 * picture that somebody sent. And it opens for a vehicle that a frame has just shown: never for one
 * that may have left, or for a still.
 */
final class AccessPolicy {

  private final AccessConfig config;

  AccessPolicy(AccessConfig config) {
    this.config = config;
  }

  /**
   * Takes back what was told of a pass that there is not.
   *
   * @return null where nothing was told, or it was taken back already
   */
  static @Nullable AccessDecision closed(
      @Nullable AccessDecision previous, Reason reason, Instant now) {
    return previous == null || previous.reason() == reason
        ? null
        : new AccessDecision(
            previous.revision() + 1,
            Outcome.UNKNOWN,
            reason,
            now,
            previous.capturedAt(),
            previous.pass());
  }

  /** An answer and why. */
  private record Answer(Outcome outcome, Reason reason) {}

  /**
   * @param previous the decision sent last for this pass, or null
   * @param matches of the pass's plate now, the strictest first
   * @param at capture time of the frame that led to this
   * @return the decision to send, or null where nothing changed or nothing can be said yet
   */
  @Nullable AccessDecision next(
      @Nullable AccessDecision previous,
      PassUpdate update,
      List<ListMatch> matches,
      Instant at,
      Instant now) {
    VehiclePass matched = update.pass().withMatches(matches);
    VehiclePass pass = update.picturesLate() ? matched.withEvidence(Evidence.NONE) : matched;
    PassOrigin origin = pass.origin();
    if (pass.place().gate() == GateType.PASSAGE || origin != null && origin.upload()) {
      return null;
    }
    Answer answer = answer(previous, update, pass);
    if (answer == null) {
      return null;
    }
    int revision = 0;
    if (previous != null) {
      boolean same = same(previous, answer, pass);
      if (same && !pictureCame(previous.pass(), pass)) {
        return null;
      }
      // A picture is no other answer: replays, in which it may be in time, must count alike.
      revision = previous.revision() + (same ? 0 : 1);
    }
    return new AccessDecision(revision, answer.outcome, answer.reason, now, at, pass);
  }

  private @Nullable Answer answer(
      @Nullable AccessDecision previous, PassUpdate update, VehiclePass pass) {
    // One that has been told something, or that has stood there for long, is not left in doubt.
    boolean ended = update.ended();
    boolean due =
        ended || previous != null || pass.seen().length().compareTo(config.unreadAfter()) >= 0;
    PassPlate plate = pass.plate();
    if (plate == null || plate.text().isEmpty()) {
      // The tracker tells of a vehicle without a text before its end only where it stands so long.
      return ended && previous == null ? null : new Answer(Outcome.UNREAD, Reason.UNREAD);
    }
    ListMatch decisive = pass.matches().isEmpty() ? null : pass.matches().get(0);
    if (decisive != null && decisive.meaning() == ListMeaning.DENY) {
      return new Answer(Outcome.DENIED, Reason.DENY_LIST);
    }
    Outcome refused = pass.place().permitOnly() ? Outcome.DENIED : Outcome.UNKNOWN;
    if (decisive != null && decisive.meaning() == ListMeaning.ALERT) {
      return new Answer(refused, Reason.ALERT_LIST);
    }
    if (decisive != null && decisive.meaning() == ListMeaning.ALLOW) {
      return allowed(previous, update, pass, plate, due, refused);
    }
    boolean sure =
        said(plate)
            || plate.agreeingReads() >= config.minReads() && plate.readScore() >= config.minScore();
    return sure || due ? new Answer(refused, Reason.NOT_LISTED) : null;
  }

  private @Nullable Answer allowed(
      @Nullable AccessDecision previous,
      PassUpdate update,
      VehiclePass pass,
      PassPlate plate,
      boolean due,
      Outcome refused) {
    Answer best = new Answer(refused, Reason.LOOK_ALIKE);
    for (ListMatch match : pass.matches()) {
      if (match.meaning() != ListMeaning.ALLOW || match.kind() == ListMatch.Kind.FUZZY) {
        continue;
      }
      Integer reads = match.minReads();
      Double score = match.minScore();
      boolean enough =
          said(plate) || plate.agreeingReads() >= (reads == null ? config.minReads() : reads);
      boolean sure =
          said(plate) || plate.readScore() >= (score == null ? config.minScore() : score);
      if (enough && sure && update.inView() || wasGranted(previous, plate)) {
        return new Answer(Outcome.GRANTED, Reason.LISTED);
      }
      Reason missing = !enough ? Reason.FEW_READS : !sure ? Reason.LOW_SCORE : Reason.LATE;
      best = new Answer(refused, missing);
    }
    // More reads, or the next frame, may still open it.
    return best.reason == Reason.LOOK_ALIKE || due ? best : null;
  }

  /** A person has looked: no reads are needed. */
  private static boolean said(PassPlate plate) {
    return plate.reader().equals(PassPlate.PERSON);
  }

  /** A gate that was opened for this plate is not told otherwise by a later, less sure vote. */
  private static boolean wasGranted(@Nullable AccessDecision previous, PassPlate plate) {
    return previous != null
        && previous.outcome() == Outcome.GRANTED
        && previous.pass().plateText().equals(plate.text());
  }

  private static boolean same(AccessDecision previous, Answer answer, VehiclePass pass) {
    return previous.outcome() == answer.outcome
        && previous.reason() == answer.reason
        && previous.pass().plateText().equals(pass.plateText())
        && previous.pass().matches().equals(pass.matches());
  }

  private static boolean pictureCame(VehiclePass before, VehiclePass pass) {
    Evidence then = before.evidence();
    Evidence now = pass.evidence();
    return then.framePath() == null && now.framePath() != null
        || then.vehiclePath() == null && now.vehiclePath() != null
        || then.platePath() == null && now.platePath() != null;
  }
}
