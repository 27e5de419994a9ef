package io.plateflow.schemas.access;

import io.plateflow.schemas.pass.VehiclePass;
import java.time.Instant;
import java.util.Locale;

/**
 * What a gate may do for the vehicle before it. The same id comes again with a higher revision when
 * the answer changes, and with the same one when its pictures come.
 *
 * @param emittedAt wall clock of the operator that decided
 * @param capturedAt capture time of the frame that led to this revision
 * @param pass as known then, with its matches
 */
public record AccessDecision(
    int revision,
    Outcome outcome,
    Reason reason,
    Instant emittedAt,
    Instant capturedAt,
    VehiclePass pass) {

  /** What the gate may do. */
  public enum Outcome {
    /** Open. */
    GRANTED,
    /** Stay shut. */
    DENIED,
    /** Whatever it does for vehicles that nobody knows. */
    UNKNOWN,
    /** Call somebody: a vehicle stands there, and its plate cannot be read. */
    UNREAD
  }

  /** Why. */
  public enum Reason {
    /** On a list of those that may enter, and read surely enough. */
    LISTED,
    DENY_LIST,
    /** On a list of those that are looked for: the gate does not open by itself. */
    ALERT_LIST,
    NOT_LISTED,
    /** Looks like a plate that may enter, and is not that very plate. */
    LOOK_ALIKE,
    /** May enter, but too few reads say so. */
    FEW_READS,
    /** May enter, but the reads are not sure enough. */
    LOW_SCORE,
    /** May enter, but that was known only when it was not seen there any more. */
    LATE,
    /** It turned out to be part of another pass, which is decided on by itself. */
    ABSORBED,
    UNREAD,
    /** A person deleted the pass. */
    REMOVED;

    /** As written in events and tables: {@code listed}, {@code deny_list}, ... */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The pass's: a pass has one. */
  public String accessId() {
    return pass.passId();
  }

  public AccessDecision withPass(VehiclePass newPass) {
    return new AccessDecision(revision, outcome, reason, emittedAt, capturedAt, newPass);
  }
}
