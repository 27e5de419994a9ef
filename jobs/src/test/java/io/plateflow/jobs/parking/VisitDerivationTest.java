package io.plateflow.jobs.parking;

import static io.plateflow.jobs.pass.GatePasses.EIGHT;
import static io.plateflow.jobs.pass.GatePasses.entry;
import static io.plateflow.jobs.pass.GatePasses.exit;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.jobs.pass.GatePass;
import io.plateflow.jobs.pass.GatePasses;
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
    assertThat(
            visits(entry("in", PLATE, "PT0S"), GatePasses.retracted(exit("out", PLATE, "PT1H"), 1)))
        .containsExactly("open in -");
  }

  @Test
  void whatIsDecidedIsNotRevisedByWhatFollows() {
    Random random = new Random(1);
    for (int round = 0; round < 2_000; round++) {
      List<GatePass> all = GatePasses.random(random, 12);
      all.removeIf(pass -> pass.revision() > 0);
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
      List<GatePass> all = GatePasses.random(random, 15);
      all.removeIf(pass -> pass.revision() > 0);
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
