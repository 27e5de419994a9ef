package io.plateflow.jobs.parking;

import static io.plateflow.jobs.pass.GatePasses.EIGHT;
import static io.plateflow.jobs.pass.GatePasses.entry;
import static io.plateflow.jobs.pass.GatePasses.exit;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.jobs.pass.GatePass;
import io.plateflow.jobs.pass.GatePasses;
import io.plateflow.jobs.pass.VisitHint;
import io.plateflow.schemas.parking.ParkingVisit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VisitDerivationTest {

  private static final String PLATE = "B1234XUA";
  private static final String LOOK_ALIKE = "B1234XVA";

  private final VisitDerivation derivation = new VisitDerivation(ParkingConfig.DEFAULT);

  @Test
  void aVehicleThatCameInIsOnSite() {
    assertThat(visits(entry("in", PLATE, "PT0S"))).containsExactly("open in -");
  }

  @Test
  void entryAndExitAreOneVisit() {
    assertThat(visits(entry("in", PLATE, "PT0S"), exit("out", PLATE, "PT1H")))
        .containsExactly("closed in out");
    ParkingVisit visit =
        derive(EIGHT, entry("in", PLATE, "PT0S"), exit("out", PLATE, "PT1H")).get(0);
    assertThat(visit.visitId()).isEqualTo("81234XUA-in");
    assertThat(visit.plate()).isEqualTo(PLATE);
    assertThat(visit.dwell()).isEqualTo(Duration.ofHours(1));
    assertThat(visit.endedAt()).isEqualTo(EIGHT.plus(Duration.ofHours(1)));
    assertThat(visit.vehicleClass()).isEqualTo("car");
    assertThat(visit.entry().place().location()).isEqualTo("Gate entry");
    assertThat(visit.exit().place().cameraId()).isEqualTo("exit");
    assertThat(visit.matchDistance()).isZero();
  }

  @Test
  void readsThatDifferByLookAlikesMeet() {
    ParkingVisit visit =
        derive(EIGHT, entry("in", PLATE, "PT0S"), exit("out", LOOK_ALIKE, "PT1H")).get(0);
    assertThat(text(visit)).isEqualTo("closed in out");
    assertThat(visit.plate()).isEqualTo(PLATE);
    assertThat(visit.exit().plate()).isEqualTo(LOOK_ALIKE);
    assertThat(visit.matchDistance()).isEqualTo(0.3);
  }

  @Test
  void readsBeyondTheToleranceDoNotMeet() {
    assertThat(visits(entry("in", "B1234XUA", "PT0S"), exit("out", "8I2E4XVA", "PT1H")))
        .containsExactly("open in -", "missed_entry - out");
  }

  @Test
  void theSamePlateIsPreferredOverALookAlike() {
    assertThat(
            visits(
                entry("a-in", PLATE, "PT0S"),
                entry("b-in", LOOK_ALIKE, "PT10M"),
                exit("a-out", PLATE, "PT1H"),
                exit("b-out", LOOK_ALIKE, "PT2H")))
        .containsExactly("closed a-in a-out", "closed b-in b-out");
  }

  @Test
  void ofLookAlikesTheNearestIsTaken() {
    assertThat(
            visits(
                entry("one", "B1234XVA", "PT0S"),
                entry("two", "8I234XVA", "PT10M"),
                exit("out", "B1234XUA", "PT1H")))
        .containsExactly("closed one out", "open two -");
  }

  @Test
  void ofEquallyNearOnesTheLatestIsTaken() {
    assertThat(
            visits(
                entry("one", "81234XUA", "PT0S"),
                entry("two", "B1234XVA", "PT10M"),
                exit("out", "B1234XUA", "PT1H")))
        .containsExactly("open one -", "closed two out");
  }

  @Test
  void anExitWithoutEntryIsAMissedEntry() {
    ParkingVisit visit = derive(EIGHT, exit("out", PLATE, "PT1H")).get(0);
    assertThat(text(visit)).isEqualTo("missed_entry - out");
    assertThat(visit.dwell()).isNull();
  }

  @Test
  void aSecondEntryMeansThatAnExitWasMissed() {
    List<ParkingVisit> visits =
        derive(
            EIGHT,
            entry("one", PLATE, "PT0S"),
            entry("two", PLATE, "PT3H"),
            exit("out", PLATE, "PT4H"));
    assertThat(visits)
        .map(VisitDerivationTest::text)
        .containsExactly("missed_exit one -", "closed two out");
    assertThat(visits.get(0).endedAt()).isEqualTo(EIGHT.plus(Duration.ofHours(3)));
  }

  @Test
  void aSecondEntryOfALookAlikeMayBeAnotherVehicle() {
    assertThat(visits(entry("one", PLATE, "PT0S"), entry("two", LOOK_ALIKE, "PT3H")))
        .containsExactly("open one -", "open two -");
  }

  @Test
  void aVehicleSeenAgainAtTheEntryEnteredOnce() {
    assertThat(
            visits(
                entry("one", PLATE, "PT0S"),
                entry("again", LOOK_ALIKE, "PT90S"),
                entry("and-again", PLATE, "PT3M"),
                exit("out", LOOK_ALIKE, "PT1H")))
        .containsExactly("closed one out");
  }

  @Test
  void aVehicleSeenAgainAtTheExitLeftOnce() {
    assertThat(
            visits(
                entry("in", PLATE, "PT0S"),
                exit("out", PLATE, "PT1H"),
                exit("again", LOOK_ALIKE, "PT1H1M"),
                exit("later", PLATE, "PT2H")))
        .containsExactly("closed in out", "missed_entry - later");
  }

  @Test
  void whoDropsSomebodyOffAndComesBackAtOnceHasTwoVisits() {
    assertThat(
            visits(
                entry("in", PLATE, "PT0S"),
                exit("out", PLATE, "PT30S"),
                entry("in-2", PLATE, "PT60S"),
                exit("out-2", PLATE, "PT90S")))
        .containsExactly("closed in out", "closed in-2 out-2");
  }

  @Test
  void whoStaysTooLongHasLeftUnseen() {
    GatePass in = entry("in", PLATE, "PT0S");
    Instant deadline = EIGHT.plus(ParkingConfig.DEFAULT.longestStay());
    assertThat(text(derive(deadline, in).get(0))).isEqualTo("open in -");
    ParkingVisit over = derive(deadline.plusMillis(1), in).get(0);
    assertThat(text(over)).isEqualTo("missed_exit in -");
    assertThat(over.endedAt()).isEqualTo(deadline);
    assertThat(visits(in, exit("out", PLATE, "PT24H"))).containsExactly("closed in out");
    assertThat(visits(in, exit("out", PLATE, "PT24H0.001S")))
        .containsExactly("missed_exit in -", "missed_entry - out");
  }

  @Test
  void aPassThatWasTakenBackDoesNotCount() {
    assertThat(visits(entry("in", PLATE, "PT0S"), exit("out", PLATE, "PT1H").retracted(1)))
        .containsExactly("open in -");
  }

  @Test
  void anExitThatWasJoinedEndsTheVisitWhateverWasRead() {
    ParkingVisit visit =
        derive(EIGHT, entry("in", PLATE, "PT0S"), joined("out", "D77ABC", "PT1H", "in")).get(0);
    assertThat(text(visit)).isEqualTo("closed in out");
    assertThat(visit.visitId()).isEqualTo("81234XUA-in");
    assertThat(visit.exit().plate()).isEqualTo("D77ABC");
    assertThat(visit.matchDistance()).isGreaterThan(3);
    assertThat(visit.corrected()).isEqualTo("join");
  }

  @Test
  void aJoinedVisitIsLeftByThatExitOnlyAndKnowsNoLongestStay() {
    List<ParkingVisit> visits =
        derive(
            EIGHT.plus(Duration.ofDays(9)),
            entry("in", PLATE, "PT0S"),
            exit("other", PLATE, "PT1H"),
            entry("in-2", PLATE, "PT2H"),
            exit("out-2", LOOK_ALIKE, "PT3H"),
            exit("out-3", PLATE, "PT30H"),
            joined("out", "D77ABC", "PT48H", "in"));
    assertThat(visits)
        .map(VisitDerivationTest::text)
        .containsExactly(
            "closed in out", "missed_entry - other", "closed in-2 out-2", "missed_entry - out-3");
    assertThat(visits.get(0).endedAt()).isEqualTo(EIGHT.plus(Duration.ofHours(48)));
  }

  @Test
  void aJoinHoldsForTheVisitThatHoldsTheEntry() {
    assertThat(
            visits(
                entry("one", PLATE, "PT0S"),
                entry("again", PLATE, "PT60S"),
                exit("other", PLATE, "PT1H"),
                joined("out", "D77ABC", "PT2H", "again")))
        .containsExactly("closed one out", "missed_entry - other");
    // Two vehicles that a camera could not tell apart.
    assertThat(
            visits(
                entry("one", PLATE, "PT0S"),
                entry("two", PLATE, "PT60S"),
                joined("out-2", "D77ABC", "PT1H", "two"),
                joined("out-1", "D77ABD", "PT2H", "one")))
        .containsExactly("closed one out-1", "closed two out-2");
  }

  @Test
  void aJoinWithAnEntryThatIsNotKnownOrCameLaterIsNone() {
    assertThat(visits(entry("in", PLATE, "PT0S"), joined("out", PLATE, "PT1H", "gone")))
        .containsExactly("closed in out");
    assertThat(visits(joined("out", PLATE, "PT1H", "in"), entry("in", PLATE, "PT2H")))
        .containsExactly("missed_entry - out", "open in -");
    assertThat(visits(entry("in", PLATE, "PT0S").retracted(1), joined("out", PLATE, "PT1H", "in")))
        .containsExactly("missed_entry - out");
  }

  @Test
  void anExitThatWasSplitEndsAnotherVisitOrNone() {
    List<ParkingVisit> visits =
        derive(EIGHT, entry("in", PLATE, "PT0S"), split("out", PLATE, "PT1H", "in"));
    assertThat(visits)
        .map(VisitDerivationTest::text)
        .containsExactly("open in -", "missed_entry - out");
    assertThat(visits).map(ParkingVisit::corrected).containsExactly(null, "split");
    assertThat(
            visits(
                entry("look-alike", LOOK_ALIKE, "PT0S"),
                entry("in", PLATE, "PT10M"),
                split("out", PLATE, "PT1H", "in"),
                exit("later", PLATE, "PT2H")))
        .containsExactly("closed look-alike out", "closed in later");
    // Nor is it a second look at who just left.
    assertThat(
            visits(
                entry("in", PLATE, "PT0S"),
                exit("out", PLATE, "PT1H"),
                split("out-2", PLATE, "PT1H1M", "in")))
        .containsExactly("closed in out", "missed_entry - out-2");
  }

  @Test
  void aVisitThatWasClosedByHandIsOverThenUnlessSomebodyLeftBefore() {
    Instant ten = EIGHT.plus(Duration.ofHours(2));
    GatePass in = entry("in", PLATE, "PT0S").withHint(VisitHint.closed(ten));
    assertThat(text(derive(ten, in).get(0))).isEqualTo("open in -");
    ParkingVisit over = derive(ten.plusMillis(1), in).get(0);
    assertThat(text(over)).isEqualTo("missed_exit in -");
    assertThat(over.endedAt()).isEqualTo(ten);
    assertThat(over.corrected()).isEqualTo("close");
    ParkingVisit left = derive(ten.plusMillis(1), in, exit("out", PLATE, "PT1H")).get(0);
    assertThat(text(left)).isEqualTo("closed in out");
    assertThat(left.corrected()).isNull();
    assertThat(visits(in, exit("out", PLATE, "PT3H")))
        .containsExactly("missed_exit in -", "missed_entry - out");
    Instant deadline = EIGHT.plus(ParkingConfig.DEFAULT.longestStay());
    ParkingVisit late =
        derive(
                deadline.plusSeconds(1),
                entry("in", PLATE, "PT0S").withHint(VisitHint.closed(deadline.plusSeconds(1))))
            .get(0);
    assertThat(late.endedAt()).isEqualTo(deadline);
    assertThat(late.corrected()).isNull();
    GatePass before = entry("in", PLATE, "PT0S").withHint(VisitHint.closed(EIGHT.minusSeconds(1)));
    assertThat(derive(ten, before).get(0).endedAt()).isEqualTo(EIGHT);
  }

  private static GatePass joined(String id, String plate, String afterEight, String entry) {
    return exit(id, plate, afterEight).withHint(VisitHint.joined(entry, PLATE));
  }

  private static GatePass split(String id, String plate, String afterEight, String entry) {
    return exit(id, plate, afterEight).withHint(VisitHint.split(List.of(entry)));
  }

  @Test
  void whatIsDecidedIsNotRevisedByWhatFollows() {
    Random random = new Random(1);
    for (int round = 0; round < 2_000; round++) {
      List<GatePass> all = passes(random, 12);
      Instant until = EIGHT.plusSeconds(random.nextInt(8 * 3600));
      List<VisitDraft> whole = derivation.derive(all, until.plusSeconds(8 * 3600));
      Set<GatePass> left = new HashSet<>(all);
      for (VisitDraft visit : whole) {
        if (visit.overAt() != null && visit.overAt().isBefore(until)) {
          visit.passes().forEach(left::remove);
        }
      }
      List<ParkingVisit> expected =
          whole.stream()
              .filter(visit -> visit.overAt() == null || !visit.overAt().isBefore(until))
              .map(VisitDraft::visit)
              .toList();
      assertThat(derivation.derive(left, until.plusSeconds(8 * 3600)))
          .map(VisitDraft::visit)
          .isEqualTo(expected);
    }
  }

  @Test
  void everyPassBelongsToOneVisitWhateverTheOrder() {
    Random random = new Random(2);
    for (int round = 0; round < 500; round++) {
      List<GatePass> all = passes(random, 15);
      List<VisitDraft> visits = derivation.derive(all, EIGHT);
      assertThat(visits.stream().flatMap(visit -> visit.passes().stream()))
          .containsExactlyInAnyOrderElementsOf(all);
      List<GatePass> shuffled = new ArrayList<>(all);
      Collections.shuffle(shuffled, random);
      assertThat(derivation.derive(shuffled, EIGHT))
          .map(VisitDraft::visit)
          .isEqualTo(visits.stream().map(VisitDraft::visit).toList());
    }
  }

  /** Each once; every other time people have said something about some of them. */
  private static List<GatePass> passes(Random random, int count) {
    List<GatePass> all = GatePasses.random(random, count);
    all.removeIf(pass -> pass.revision() > 0);
    return random.nextBoolean() ? all : GatePasses.withHints(random, all);
  }

  private List<String> visits(GatePass... passes) {
    List<ParkingVisit> visits = derive(EIGHT, passes);
    return visits.stream().map(VisitDerivationTest::text).toList();
  }

  private List<ParkingVisit> derive(Instant clock, GatePass... passes) {
    return derivation.derive(List.of(passes), clock).stream().map(VisitDraft::visit).toList();
  }

  private static String text(ParkingVisit visit) {
    return "%s %s %s"
        .formatted(
            visit.state().label(),
            visit.entry() == null ? "-" : visit.entry().passId(),
            visit.exit() == null ? "-" : visit.exit().passId());
  }
}
