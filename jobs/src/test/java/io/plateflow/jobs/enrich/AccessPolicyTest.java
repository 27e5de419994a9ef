package io.plateflow.jobs.enrich;

import static io.plateflow.jobs.TestFrames.START;
import static io.plateflow.jobs.TestFrames.listMatch;
import static io.plateflow.jobs.TestFrames.pass;
import static io.plateflow.jobs.TestFrames.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.jobs.pass.AccessConfig;
import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.PassUpdate.Stage;
import io.plateflow.jobs.reads.Reads;
import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.access.AccessDecision.Outcome;
import io.plateflow.schemas.access.AccessDecision.Reason;
import io.plateflow.schemas.avro.ReadKind;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.lists.ListMeaning;
import io.plateflow.schemas.pass.Evidence;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.Period;
import io.plateflow.schemas.pass.VehiclePass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessPolicyTest {

  private static final String PLATE = "B1234XYZ";
  private static final ListMatch WHITE = listMatch(AccessList.WHITELIST, PLATE, 0);
  private static final ListMatch NEAR = listMatch(AccessList.WHITELIST, "81234XYZ", 0.3);
  private static final ListMatch BLACK = listMatch(AccessList.BLACKLIST, PLATE, 0);
  private static final ListMatch WATCHED = listMatch(list(ListMeaning.ALERT, null, null), PLATE, 0);
  private static final ListMatch KNOWN = listMatch(list(ListMeaning.INFORM, null, null), PLATE, 0);

  private final AccessPolicy policy =
      new AccessPolicy(new AccessConfig(3, 0.6, Duration.ofSeconds(5)));

  @ParameterizedTest
  @CsvSource({
    // reads, score, permit only: white, near, black, watched, known, nothing
    "3, 0.9, false, GRANTED, UNKNOWN, DENIED, UNKNOWN, UNKNOWN, UNKNOWN",
    "3, 0.9, true,  GRANTED, DENIED,  DENIED, DENIED,  DENIED,  DENIED",
    "2, 0.9, false, '',      UNKNOWN, DENIED, UNKNOWN, '',      ''",
    "3, 0.5, false, '',      UNKNOWN, DENIED, UNKNOWN, '',      ''",
  })
  void tellsWhatTheListsSayOnceTheReadsAreSure(
      int reads,
      double score,
      boolean permitOnly,
      String white,
      String near,
      String black,
      String watched,
      String known,
      String nothing) {
    PassUpdate update = read(PLATE, reads, score, permitOnly, Stage.PROVISIONAL);
    assertThat(outcome(update, WHITE)).isEqualTo(white);
    assertThat(outcome(update, NEAR)).isEqualTo(near);
    assertThat(outcome(update, BLACK, WHITE)).isEqualTo(black);
    assertThat(outcome(update, WATCHED, WHITE)).isEqualTo(watched);
    assertThat(outcome(update, KNOWN)).isEqualTo(known);
    assertThat(outcome(update)).isEqualTo(nothing);
  }

  @Test
  void aFinishedPassIsToldInAnyCase() {
    assertThat(decide(read(PLATE, 1, 0.9, false, Stage.FINISHED), WHITE))
        .extracting(AccessDecision::outcome, AccessDecision::reason)
        .containsExactly(Outcome.UNKNOWN, Reason.FEW_READS);
    assertThat(decide(read(PLATE, 3, 0.5, true, Stage.FINISHED), WHITE))
        .extracting(AccessDecision::outcome, AccessDecision::reason)
        .containsExactly(Outcome.DENIED, Reason.LOW_SCORE);
    assertThat(decide(read(PLATE, 3, 0.9, false, Stage.FINISHED), NEAR).reason())
        .isEqualTo(Reason.LOOK_ALIKE);
  }

  @Test
  void aVehicleThatMayHaveLeftOpensNoGate() {
    PassUpdate seen = read(PLATE, 3, 0.9, false, Stage.PROVISIONAL);
    // An answer of Gemini or a list that changes; then the end, which a still has only.
    assertThat(decide(seen.outOfView(), WHITE)).isNull();
    AccessDecision late = decide(read(PLATE, 3, 0.9, false, Stage.FINISHED), WHITE);
    assertThat(late.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(late.reason()).isEqualTo(Reason.LATE);
    AccessDecision unlisted = decide(seen);
    assertThat(next(unlisted, seen.outOfView(), WHITE).outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(next(unlisted, seen, WHITE).outcome()).isEqualTo(Outcome.GRANTED);
  }

  @Test
  void whoStandsThereForLongIsToldThatTheReadsDoNotDo() {
    PassUpdate update = read(PLATE, 2, 0.9, false, Stage.PROVISIONAL);
    VehiclePass pass = update.pass();
    PassUpdate standing = update.withPass(seenFor5Seconds(pass));
    assertThat(decide(update, WHITE)).isNull();
    assertThat(decide(standing, WHITE).reason()).isEqualTo(Reason.FEW_READS);
    assertThat(decide(standing).reason()).isEqualTo(Reason.NOT_LISTED);
  }

  @Test
  void whatWasToldOfAPassThatIsNoneIsTakenBack() {
    AccessDecision granted = decide(read(PLATE, 3, 0.9, false, Stage.PROVISIONAL), WHITE);
    AccessDecision closed = AccessPolicy.closed(granted, Reason.ABSORBED, START);
    assertThat(closed.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(closed.reason()).isEqualTo(Reason.ABSORBED);
    assertThat(closed.revision()).isEqualTo(1);
    assertThat(AccessPolicy.closed(null, Reason.ABSORBED, START)).isNull();
  }

  @Test
  void aListMayAskForMoreOrLess() {
    ListMatch careful = listMatch(list(ListMeaning.ALLOW, 5, 0.9), PLATE, 0);
    ListMatch lenient = listMatch(list(ListMeaning.ALLOW, 1, 0.1), PLATE, 0);
    PassUpdate update = read(PLATE, 3, 0.8, false, Stage.PROVISIONAL);
    assertThat(outcome(update, careful)).isEmpty();
    assertThat(outcome(update, careful, lenient)).isEqualTo("GRANTED");
    assertThat(outcome(read(PLATE, 5, 0.9, false, Stage.PROVISIONAL), careful))
        .isEqualTo("GRANTED");
  }

  @Test
  void aGateThatWasOpenedIsNotToldOtherwiseByALessSureVote() {
    AccessDecision granted = decide(read(PLATE, 3, 0.9, false, Stage.PROVISIONAL), WHITE);
    assertThat(next(granted, read(PLATE, 2, 0.4, false, Stage.FINISHED), WHITE)).isNull();

    AccessDecision corrected = next(granted, read("F999A", 3, 0.9, false, Stage.FINISHED));
    assertThat(corrected.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(corrected.revision()).isEqualTo(1);
    assertThat(corrected.accessId()).isEqualTo(granted.accessId());
  }

  @Test
  void aPictureThatWasLateComesUnderTheSameRevision() {
    PassUpdate read = read(PLATE, 3, 0.9, false, Stage.PROVISIONAL);
    PassUpdate with = read.withPass(read.pass().withEvidence(new Evidence("f.jpg", null, "p.jpg")));
    PassUpdate without =
        new PassUpdate(
            with.pass(), Stage.PROVISIONAL, with.local(), with.regions(), false, null, true, true);
    AccessDecision first = decide(without, WHITE);
    assertThat(first.pass().evidence()).isEqualTo(Evidence.NONE);
    assertThat(next(first, without, WHITE)).isNull();
    AccessDecision second = next(first, with, WHITE);
    assertThat(second.revision()).isZero();
    assertThat(second.pass().evidence().platePath()).isEqualTo("p.jpg");
    assertThat(next(second, with, WHITE)).isNull();
  }

  @Test
  void aVehicleThatCannotBeReadIsToldAndThenRead() {
    PassUpdate unread = read("", 0, 0, false, Stage.PROVISIONAL);
    AccessDecision first = decide(unread);
    assertThat(first.outcome()).isEqualTo(Outcome.UNREAD);
    assertThat(next(first, unread)).isNull();
    assertThat(next(first, read(PLATE, 3, 0.9, false, Stage.PROVISIONAL), WHITE).outcome())
        .isEqualTo(Outcome.GRANTED);
    // It did not stand there: nobody is called.
    assertThat(decide(read("", 0, 0, false, Stage.FINISHED))).isNull();
  }

  @Test
  void whereVehiclesOnlyPassNothingIsTold() {
    PassUpdate update = read(PLATE, 3, 0.9, false, GateType.PASSAGE, Stage.FINISHED);
    assertThat(decide(update, BLACK)).isNull();
  }

  private static VehiclePass seenFor5Seconds(VehiclePass pass) {
    Instant first = pass.seen().first();
    return new VehiclePass(
        pass.passId(),
        pass.revision(),
        pass.place(),
        new Period(first, first.plusSeconds(5), pass.seen().frames()),
        pass.frame(),
        pass.pairing(),
        pass.vehicle(),
        pass.plate(),
        pass.match(),
        pass.evidence(),
        pass.direction(),
        pass.matches());
  }

  @Test
  void aPictureThatSomebodySentOpensNoGate() {
    PassUpdate sent = outside(ReadKind.UPLOAD);
    assertThat(sent.pass().place().gate()).isEqualTo(GateType.ENTRY);
    assertThat(decide(sent, WHITE)).isNull();
    assertThat(decide(sent, BLACK)).isNull();
    assertThat(outcome(outside(ReadKind.CAMERA), WHITE)).isEqualTo("DENIED");
    assertThat(outcome(outside(ReadKind.CAMERA), BLACK)).isEqualTo("DENIED");
  }

  /** One read of a source that is an entry for listed vehicles only. */
  private static PassUpdate outside(ReadKind kind) {
    return new PassUpdate(
        Reads.read("r1", kind, 0, PLATE, 0.9).pass(), Stage.FINISHED, null, List.of(), false, null);
  }

  private String outcome(PassUpdate update, ListMatch... matches) {
    AccessDecision decision = decide(update, matches);
    return decision == null ? "" : decision.outcome().name();
  }

  private @Nullable AccessDecision decide(PassUpdate update, ListMatch... matches) {
    return next(null, update, matches);
  }

  private @Nullable AccessDecision next(
      @Nullable AccessDecision previous, PassUpdate update, ListMatch... matches) {
    return policy.next(previous, update, List.of(matches), START, START);
  }

  private static PassUpdate read(
      String text, int reads, double score, boolean permitOnly, Stage stage) {
    return read(text, reads, score, permitOnly, GateType.ENTRY, stage);
  }

  private static PassUpdate read(
      String text, int reads, double score, boolean permitOnly, GateType gate, Stage stage) {
    VehiclePass pass = pass("p1", PLATE);
    PassPlate plate = pass.plate();
    return update(
        new VehiclePass(
            pass.passId(),
            0,
            new Place("cam-1", "North", gate, "UTC", "garage", permitOnly),
            pass.seen(),
            pass.frame(),
            pass.pairing(),
            pass.vehicle(),
            new PassPlate(
                text,
                plate.box(),
                plate.detectionScore(),
                score,
                reads,
                reads,
                plate.reader(),
                plate.attributes(),
                plate.rungs(),
                null,
                plate.looks()),
            null,
            Evidence.NONE,
            pass.direction(),
            List.of()),
        stage);
  }

  private static AccessList list(ListMeaning meaning, Integer minReads, Double minScore) {
    return new AccessList("l", "L", meaning, null, null, minReads, minScore, 1, START, null, false);
  }
}
