package io.plateflow.jobs.parking;

import static io.plateflow.jobs.pass.GatePasses.EIGHT;
import static io.plateflow.jobs.pass.GatePasses.entry;
import static io.plateflow.jobs.pass.GatePasses.exit;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.jobs.StateFile;
import io.plateflow.jobs.pass.GatePass;
import io.plateflow.jobs.pass.GatePasses;
import io.plateflow.jobs.pass.GateReport;
import io.plateflow.jobs.pass.VisitHint;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.parking.ParkingVisit;
import io.plateflow.schemas.parking.VisitState;
import io.plateflow.schemas.parking.VisitUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ParkingFunctionTest {

  private static final String PLATE = "B1234XUA";
  private static final Instant EIGHT_TEN = EIGHT.plus(Duration.ofMinutes(10));
  private static final ParkingConfig CONFIG = ParkingConfig.DEFAULT;

  private static final Watermark AT_THE_END = watermark("PT40H");

  /** What a sink that keeps the last word of every visit holds. */
  private final Map<String, ParkingVisit> table = new TreeMap<>();

  @Test
  void goesOnFromTheStateOfARelease() throws Exception {
    OperatorSubtaskState kept =
        StateFile.kept(
            "parking-v0.bin",
            () -> {
              try (var harness = harness()) {
                harness.open();
                report(harness, entry("in", PLATE, "PT0S"));
                return harness.snapshot(1, 1);
              }
            });
    try (var harness = harness()) {
      harness.initializeState(kept);
      harness.open();
      assertThat(harness.numEventTimeTimers()).isEqualTo(1);
      report(harness, exit("out", PLATE, "PT1H"));
      assertThat(states(harness)).containsExactly(VisitState.CLOSED);
    }
  }

  /** Written when places knew permit-only gates and passes whether they were listed. */
  @Test
  void visitsAreThereFromTheStateOfARelease() throws Exception {
    OperatorSubtaskState kept =
        StateFile.kept(
            "parking-v1.bin",
            () -> {
              try (var harness = harness()) {
                harness.open();
                report(harness, entry("in", PLATE, "PT0S"));
                report(harness, entry("again", PLATE, "PT1M"));
                report(harness, exit("out", PLATE, "PT1H"));
                report(
                    harness,
                    new GatePass(
                        "staff",
                        0,
                        new Place("permits", "Permits", GateType.ENTRY, "UTC", "garage", true),
                        PLATE,
                        GatePasses.EIGHT,
                        "car",
                        false,
                        true,
                        null));
                harness.processWatermark(watermark("PT1H1M"));
                return harness.snapshot(1, 1);
              }
            });
    try (var harness = harness()) {
      harness.initializeState(kept);
      harness.open();
      assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
      report(harness, exit("out again", PLATE, "PT1H1M"));
      assertThat(states(harness)).containsExactly(VisitState.CLOSED);
      harness.processWatermark(watermark("PT24H1S"));
      assertThat(states(harness))
          .containsExactlyInAnyOrder(VisitState.CLOSED, VisitState.MISSED_EXIT);
      harness.processWatermark(AT_THE_END);
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void goesOnWithWhatPeopleSaidBefore() throws Exception {
    OperatorSubtaskState kept =
        StateFile.kept(
            "parking-v2.bin",
            () -> {
              try (var harness = harness()) {
                harness.open();
                report(harness, entry("in", PLATE, "PT0S").withHint(VisitHint.closed(EIGHT_TEN)));
                report(
                    harness,
                    exit("out", "D77ABC", "PT2H").withHint(VisitHint.joined("other-in", PLATE)));
                report(
                    harness, exit("out-2", PLATE, "PT1M").withHint(VisitHint.split(List.of("in"))));
                return harness.snapshot(1, 1);
              }
            });
    try (var harness = harness()) {
      harness.initializeState(kept);
      harness.open();
      report(harness, entry("other-in", PLATE, "PT20M"));
      assertThat(states(harness))
          .containsExactly(VisitState.MISSED_EXIT, VisitState.CLOSED, VisitState.MISSED_ENTRY);
    }
  }

  @Test
  void aVisitThatWasClosedByHandLeavesNeitherStateNorTimers() throws Exception {
    try (var harness = harness()) {
      harness.open();
      report(harness, entry("in", PLATE, "PT0S").withHint(VisitHint.closed(EIGHT_TEN)));
      harness.processWatermark(watermark("PT10M"));
      assertThat(states(harness)).containsExactly(VisitState.OPEN);
      harness.processWatermark(watermark("PT10M1S"));
      assertThat(states(harness)).containsExactly(VisitState.MISSED_EXIT);
      harness.processWatermark(watermark("PT42M1S"));
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void aClosedVisitLeavesNeitherStateNorTimersOnceItIsSettled() throws Exception {
    try (var harness = harness()) {
      harness.open();
      report(harness, entry("in", PLATE, "PT0S"));
      report(harness, exit("out", PLATE, "PT1H"));
      assertThat(states(harness)).containsExactly(VisitState.CLOSED);
      assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
      assertThat(harness.numEventTimeTimers()).isEqualTo(1);

      harness.processWatermark(watermark("PT1H32M"));
      assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
      harness.processWatermark(watermark("PT1H32M1S"));
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
      assertThat(states(harness)).containsExactly(VisitState.CLOSED);
    }
  }

  @Test
  void anOpenVisitEndsWithTheLongestStayAndLeavesNeitherStateNorTimers() throws Exception {
    try (var harness = harness()) {
      harness.open();
      report(harness, entry("in", PLATE, "PT0S"));
      harness.processWatermark(watermark("PT24H"));
      assertThat(states(harness)).containsExactly(VisitState.OPEN);
      harness.processWatermark(watermark("PT24H1S"));
      assertThat(states(harness)).containsExactly(VisitState.MISSED_EXIT);
      assertThat(harness.numEventTimeTimers()).isEqualTo(1);
      harness.processWatermark(watermark("PT24H32M1S"));
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void aPassThatWasTakenBackTakesItsVisitWithItAndDoesNotComeBack() throws Exception {
    try (var harness = harness()) {
      harness.open();
      GatePass in = entry("in", PLATE, "PT0S");
      report(harness, in);
      report(harness, in.retracted(1));
      report(harness, in);
      assertThat(states(harness)).isEmpty();
      harness.processWatermark(watermark("PT32M1S"));
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void whoIsOnSiteWhenTheRecordingsEndIsStillThere() throws Exception {
    try (var harness = harness()) {
      harness.open();
      report(harness, entry("in", PLATE, "PT0S"));
      harness.processWatermark(Watermark.MAX_WATERMARK);
      assertThat(states(harness)).containsExactly(VisitState.OPEN);
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  /** As after a restore, when the access list has ended and no camera is up yet. */
  @Test
  void aLastWatermarkThatComesTooEarlyForgetsNobody() throws Exception {
    try (var harness = harness()) {
      harness.open();
      report(harness, entry("in", PLATE, "PT0S"));
      harness.processWatermark(Watermark.MAX_WATERMARK);
      report(harness, exit("out", PLATE, "PT1H"));
      assertThat(states(harness)).containsExactly(VisitState.CLOSED);
    }
  }

  @Test
  void passesThatComeAfterTheLastWatermarkCountAsAnyOther() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processWatermark(Watermark.MAX_WATERMARK);
      report(harness, entry("in", PLATE, "PT0S"));
      assertThat(states(harness)).containsExactly(VisitState.OPEN);
      report(harness, exit("out", PLATE, "PT1H"));
      assertThat(states(harness)).containsExactly(VisitState.CLOSED);
    }
  }

  @Test
  void oldRecordingsMeetThoughTheOtherCamerasAreFarAhead() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processWatermark(watermark("PT200H"));
      report(harness, entry("in", PLATE, "PT0S"));
      harness.processWatermark(watermark("PT200H10M"));
      report(harness, exit("out", PLATE, "PT1H"));
      assertThat(states(harness)).containsExactly(VisitState.CLOSED);
      harness.processWatermark(watermark("PT200H42M1S"));
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void sitesDoNotMix() {
    GatePass here = entry("in", PLATE, "PT0S");
    GatePass there =
        new GatePass(
            "out",
            0,
            new Place("c", "Gate", GateType.EXIT, "UTC", "airport"),
            PLATE,
            EIGHT,
            null,
            false,
            false,
            null);
    assertThat(here.key()).isEqualTo("81234XUA@default");
    assertThat(there.key()).isEqualTo("81234XUA@airport");
  }

  @Test
  void crashesAndReplaysInAnyOrderEndWithTheSameVisits() throws Exception {
    Random random = new Random(3);
    for (int round = 0; round < 400; round++) {
      List<GatePass> passes = GatePasses.random(random, 2 + random.nextInt(14));
      Map<String, ParkingVisit> undisturbed = inOneGo(passes);
      Map<String, ParkingVisit> disturbed = withCrashes(passes, random);
      assertThat(disturbed).as("round %d: %s", round, passes).isEqualTo(undisturbed);
    }
  }

  private Map<String, ParkingVisit> inOneGo(List<GatePass> passes) throws Exception {
    table.clear();
    try (var harness = harness()) {
      harness.open();
      for (GatePass pass : byTime(passes)) {
        report(harness, pass);
        harness.processWatermark(new Watermark(pass.at().toEpochMilli() - 1));
      }
      harness.processWatermark(AT_THE_END);
      drain(harness);
    }
    return Map.copyOf(table);
  }

  /**
   * The passes in any order that keeps to settle-after, some twice; after some of them everything
   * dies, and what came since the last checkpoint comes again in another order.
   */
  private Map<String, ParkingVisit> withCrashes(List<GatePass> passes, Random random)
      throws Exception {
    table.clear();
    OperatorSubtaskState checkpoint = null;
    List<GatePass> left = new ArrayList<>(passes);
    while (true) {
      try (var harness = harness()) {
        if (checkpoint != null) {
          harness.initializeState(checkpoint);
        }
        harness.open();
        List<GatePass> todo = new ArrayList<>(left);
        while (!todo.isEmpty() && random.nextInt(12) > 0) {
          feedOne(harness, todo, random);
          if (random.nextInt(6) == 0) {
            checkpoint = harness.snapshot(1, 1);
            left = new ArrayList<>(todo);
          }
        }
        drain(harness);
        if (todo.isEmpty()) {
          harness.processWatermark(AT_THE_END);
          drain(harness);
          return Map.copyOf(table);
        }
      }
    }
  }

  /** Any of the passes; then the watermark, up to settle-after ahead of those that still come. */
  private static void feedOne(
      KeyedOneInputStreamOperatorTestHarness<String, GateReport, VisitUpdate> harness,
      List<GatePass> todo,
      Random random)
      throws Exception {
    GatePass pass = todo.remove(random.nextInt(Math.min(todo.size(), 6)));
    report(harness, pass);
    if (random.nextInt(5) == 0) {
      report(harness, pass);
    }
    if (!todo.isEmpty() && random.nextInt(3) > 0) {
      Instant earliest = byTime(todo).get(0).at();
      long ahead = random.nextInt((int) CONFIG.settleAfter().toSeconds());
      harness.processWatermark(new Watermark(earliest.plusSeconds(ahead).toEpochMilli()));
    }
  }

  private static List<GatePass> byTime(List<GatePass> passes) {
    return passes.stream().sorted(GatePass.BY_TIME).toList();
  }

  private List<VisitState> states(
      KeyedOneInputStreamOperatorTestHarness<String, GateReport, VisitUpdate> harness) {
    drain(harness);
    return table.values().stream().map(ParkingVisit::state).toList();
  }

  private void drain(
      KeyedOneInputStreamOperatorTestHarness<String, GateReport, VisitUpdate> harness) {
    for (VisitUpdate update : harness.extractOutputValues()) {
      if (update.visit() == null) {
        table.remove(update.visitId());
      } else {
        table.put(update.visitId(), update.visit());
      }
    }
    harness.getOutput().clear();
  }

  private static void report(
      KeyedOneInputStreamOperatorTestHarness<String, GateReport, VisitUpdate> harness,
      GatePass pass)
      throws Exception {
    harness.processElement(new StreamRecord<>(GateReport.of(pass)));
  }

  private static Watermark watermark(String afterEight) {
    return new Watermark(EIGHT.plus(Duration.parse(afterEight)).toEpochMilli());
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, GateReport, VisitUpdate> harness()
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new ParkingFunction(CONFIG)), GateReport::key, Types.STRING);
  }
}
