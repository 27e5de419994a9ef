package io.plateflow.jobs.parking;

import static io.plateflow.jobs.pass.GatePasses.EIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.jobs.pass.GatePass;
import io.plateflow.jobs.pass.GatePasses;
import io.plateflow.jobs.pass.GateReport;
import io.plateflow.jobs.pass.PassChange;
import io.plateflow.jobs.pass.VisitHint;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.parking.ParkingVisit;
import io.plateflow.schemas.parking.VisitState;
import io.plateflow.schemas.parking.VisitUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of visits when people correct passes that the state has long forgotten. */
class CorrectedVisitsTest {

  private static final ParkingConfig CONFIG = ParkingConfig.DEFAULT;
  private static final String A = "B1234XUA";
  private static final String B = "D77ABC";

  /** The passes as the tables have them, and what a sink that keeps the last word holds. */
  private final Map<String, GatePass> passes = new LinkedHashMap<>();

  private final Map<String, ParkingVisit> visits = new TreeMap<>();

  private KeyedOneInputStreamOperatorTestHarness<String, GateReport, VisitUpdate> harness;
  private Instant clock = EIGHT;

  @BeforeEach
  void open() throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new ParkingFunction(CONFIG)), GateReport::key, Types.STRING);
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT20M", "PT1H", "P2D", "P30D"})
  void theExitOfACommuterBecomesThatOfAnotherPlateAndItsOwnAgain(String later) throws Exception {
    commuters(later);
    Map<String, ParkingVisit> before = Map.copyOf(visits);

    correct(withPlate("a-out-3", B, 1));
    assertThat(states("a-in-3", "b-in-3", "b-out-3"))
        .containsExactly(VisitState.MISSED_EXIT, VisitState.CLOSED, VisitState.MISSED_ENTRY);
    assertThat(visit("b-in-3").exit().passId()).isEqualTo("a-out-3");
    assertDerived();

    advance(Duration.ofDays(2));
    correct(withPlate("a-out-3", A, 2));
    assertThat(visits).isEqualTo(before);
    assertForgotten();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT20M", "PT1H", "P2D"})
  void anEntryIsCorrectedAndAPassDeleted(String later) throws Exception {
    commuters(later);
    correct(withPlate("a-in-2", B, 1));
    assertThat(states("a-out-2")).containsExactly(VisitState.MISSED_ENTRY);
    assertDerived();
    advance(Duration.parse(later));
    correct(new PassChange(passes.get("a-in-4"), passes.get("a-in-4").retracted(1)));
    assertThat(states("a-out-4")).containsExactly(VisitState.MISSED_ENTRY);
    correct(new PassChange(passes.get("b-out-1"), passes.get("b-out-1").retracted(1)));
    assertThat(states("b-in-1")).containsExactly(VisitState.MISSED_EXIT);
    assertDerived();
    assertForgotten();
  }

  @Test
  void whatPeopleSayOfVisitsHoldsThenAndWhenMoreIsCorrected() throws Exception {
    commuters("P2D");
    // Who came as A on the second day left on the fifth, and was read as B.
    correct(withHint("b-out-5", VisitHint.joined("a-in-2", A), 1));
    assertThat(visit("a-in-2").exit().passId()).isEqualTo("b-out-5");
    assertThat(states("a-out-2", "b-in-5"))
        .containsExactly(VisitState.MISSED_ENTRY, VisitState.MISSED_EXIT);
    assertDerived();
    advance(Duration.ofDays(1));
    correct(withHint("a-out-3", VisitHint.split(List.of("a-in-3")), 1));
    correct(withHint("a-in-4", VisitHint.closed(passes.get("a-in-4").at().plusSeconds(60)), 1));
    assertThat(states("a-out-3", "a-in-4", "a-out-4"))
        .containsExactly(VisitState.MISSED_ENTRY, VisitState.MISSED_EXIT, VisitState.MISSED_ENTRY);
    assertDerived();
    advance(Duration.ofDays(1));
    // The joined entry gets another plate: its exit comes with it.
    correct(withPlate("a-in-2", "F1", 2), withHint("b-out-5", VisitHint.joined("a-in-2", "F1"), 2));
    assertThat(visit("a-in-2").visitId()).isEqualTo("F1-a-in-2");
    assertThat(visit("a-in-2").exit().passId()).isEqualTo("b-out-5");
    assertDerived();
    correct(withPlate("a-in-2", A, 3), withHint("b-out-5", null, 3));
    assertDerived();
    assertForgotten();
  }

  /** The tables forget as well: what is over before the correction is not told anew. */
  @Test
  void whereOldPassesAreGoneTheirVisitsStay() throws Exception {
    commuters("P2D");
    Map<String, ParkingVisit> before = Map.copyOf(visits);
    passes.remove("a-in-1");
    correct(withPlate("a-out-5", B, 1));
    correct(withPlate("a-out-5", A, 2));
    assertThat(visits).isEqualTo(before);
    assertForgotten();
  }

  @Test
  void aCorrectionOfAnOldPassLeavesAVehicleOnSiteThere() throws Exception {
    commuters("PT1H");
    GatePass now = GatePasses.pass("now", 0, GateType.ENTRY, A, clock);
    passes.put("now", now);
    report(GateReport.of(now));
    correct(withPlate("a-out-3", B, 1));
    assertThat(states("now")).containsExactly(VisitState.OPEN);
    advance(Duration.ofHours(1));
    assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
    GatePass out = GatePasses.pass("out", 0, GateType.EXIT, A, clock);
    passes.put("out", out);
    report(GateReport.of(out));
    assertThat(visit("now").exit().passId()).isEqualTo("out");
    assertDerived();
    assertForgotten();
  }

  /** As after crashes: what was looked up for one may be older than what the next has changed. */
  @Test
  void correctionsInAnyOrderOnceOrTwiceEndWithTheVisitsOfTheFinalPasses() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 150; round++) {
      passes.clear();
      visits.clear();
      week(random);
      List<GateReport> reports = new ArrayList<>();
      for (int i = 1; i <= 1 + random.nextInt(4); i++) {
        reports.addAll(apply(change(random, i)));
      }
      List<GateReport> arriving = new ArrayList<>(reports);
      reports.stream().filter(report -> random.nextBoolean()).forEach(arriving::add);
      Collections.shuffle(arriving, random);
      for (GateReport report : arriving) {
        report(report);
      }
      assertThat(visits).as("round %d: %s", round, arriving).isEqualTo(derived());
      assertForgotten();
    }
  }

  /** Any passes of three plates within a week, told as they happen, and forgotten. */
  private void week(Random random) throws Exception {
    Instant monday = clock.plus(Duration.ofDays(1));
    List<GatePass> all = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      all.add(
          GatePasses.pass(
              "p" + i,
              0,
              random.nextBoolean() ? GateType.ENTRY : GateType.EXIT,
              plate(random),
              monday.plusSeconds(60L * random.nextInt(7 * 24 * 60))));
    }
    live(all);
    advance(Duration.ofDays(3));
    assertThat(visits).isEqualTo(derived());
  }

  private static String plate(Random random) {
    return List.of(A, B, "B1234XVA", "F1").get(random.nextInt(4));
  }

  /** A new plate, a deletion, or words about visits, with a revision that no other has. */
  private List<PassChange> change(Random random, int revision) {
    List<GatePass> all = List.copyOf(passes.values());
    GatePass pass = all.get(random.nextInt(all.size()));
    GatePass other = all.get(random.nextInt(all.size()));
    List<PassChange> changes = new ArrayList<>();
    switch (random.nextInt(5)) {
      case 0 -> changes.add(new PassChange(pass, pass.retracted(revision)));
      case 1 ->
          changes.add(
              withHint(
                  pass.passId(),
                  pass.place().gate() == GateType.ENTRY
                      ? VisitHint.closed(pass.at().plusSeconds(random.nextInt(7200)))
                      : VisitHint.split(List.of(other.passId())),
                  revision));
      case 2 ->
          changes.add(
              withHint(
                  pass.passId(),
                  pass.place().gate() == GateType.ENTRY
                      ? null
                      : VisitHint.joined(other.passId(), other.plate()),
                  revision));
      default -> {
        PassChange change = withPlate(pass.passId(), plate(random), revision);
        changes.add(change);
        for (GatePass exit : all) {
          if (pass.passId().equals(exit.joinedEntry())) {
            changes.add(
                withHint(
                    exit.passId(),
                    VisitHint.joined(pass.passId(), change.after().plate()),
                    revision));
          }
        }
      }
    }
    return changes;
  }

  /** Two who come in at eight and leave at five, from Monday to Friday. */
  private void commuters(String later) throws Exception {
    List<GatePass> all = new ArrayList<>();
    for (int day = 1; day <= 5; day++) {
      Instant in = EIGHT.plus(Duration.ofDays(day));
      Instant out = in.plus(Duration.ofHours(9));
      all.add(GatePasses.pass("a-in-" + day, 0, GateType.ENTRY, A, in));
      all.add(GatePasses.pass("a-out-" + day, 0, GateType.EXIT, A, out));
      all.add(GatePasses.pass("b-in-" + day, 0, GateType.ENTRY, B, in.plusSeconds(600)));
      all.add(GatePasses.pass("b-out-" + day, 0, GateType.EXIT, B, out.plusSeconds(600)));
    }
    live(all);
    advance(Duration.parse(later));
    assertThat(visits.values())
        .map(ParkingVisit::state)
        .containsOnly(VisitState.CLOSED)
        .hasSize(10);
  }

  private void live(List<GatePass> all) throws Exception {
    all.sort(GatePass.BY_TIME);
    for (GatePass pass : all) {
      passes.put(pass.passId(), pass);
      report(GateReport.of(pass));
      advance(Duration.between(clock, pass.at()));
    }
  }

  private PassChange withPlate(String id, String plate, int revision) {
    GatePass now = passes.get(id);
    return new PassChange(
        now,
        new GatePass(
            id,
            revision,
            now.place(),
            plate,
            now.at(),
            now.vehicleClass(),
            now.retracted(),
            false,
            now.hint()));
  }

  private PassChange withHint(String id, VisitHint hint, int revision) {
    GatePass now = passes.get(id);
    return new PassChange(now, withPlate(id, now.plate(), revision).after().withHint(hint));
  }

  private void correct(PassChange... changes) throws Exception {
    for (GateReport report : apply(List.of(changes))) {
      report(report);
    }
  }

  /** Changes the tables and returns what is told of it. */
  private List<GateReport> apply(List<PassChange> changes) {
    List<GateReport> reports =
        PassChange.reports(
            changes, passes.values().stream().filter(pass -> !pass.retracted()).toList());
    changes.forEach(change -> passes.put(change.after().passId(), change.after()));
    return reports;
  }

  private void report(GateReport report) throws Exception {
    harness.processElement(new StreamRecord<>(report));
    drain();
  }

  private void advance(Duration by) throws Exception {
    clock = clock.plus(by);
    harness.processWatermark(new Watermark(clock.toEpochMilli()));
    drain();
  }

  private void drain() {
    for (VisitUpdate update : harness.extractOutputValues()) {
      if (update.visit() == null) {
        visits.remove(update.visitId());
      } else {
        visits.put(update.visitId(), update.visit());
      }
    }
    harness.getOutput().clear();
  }

  private List<VisitState> states(String... firstPasses) {
    return List.of(firstPasses).stream().map(first -> visit(first).state()).toList();
  }

  private ParkingVisit visit(String firstPass) {
    return visits.values().stream()
        .filter(visit -> visit.first().passId().equals(firstPass))
        .findFirst()
        .orElseThrow();
  }

  private void assertDerived() {
    assertThat(visits).isEqualTo(derived());
  }

  /** What the passes of the tables make of the visits, from scratch. */
  private Map<String, ParkingVisit> derived() {
    Map<String, List<GatePass>> byKey =
        passes.values().stream().collect(Collectors.groupingBy(GatePass::key));
    VisitDerivation derivation = new VisitDerivation(CONFIG);
    return byKey.values().stream()
        .flatMap(ofKey -> derivation.derive(ofKey, clock).stream())
        .map(VisitDraft::visit)
        .collect(
            Collectors.toMap(
                ParkingVisit::visitId, visit -> visit, (one, other) -> one, TreeMap::new));
  }

  private void assertForgotten() throws Exception {
    Map<String, ParkingVisit> before = Map.copyOf(visits);
    advance(CONFIG.unsettled().plusSeconds(1));
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
    assertThat(visits).isEqualTo(before);
  }
}
