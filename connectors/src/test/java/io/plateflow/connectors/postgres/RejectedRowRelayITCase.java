package io.plateflow.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.testing.EmbeddedServices;
import io.plateflow.clients.testing.TestPasses;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.pass.VehiclePass;
import java.time.Instant;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.StreamFlatMap;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From a batch with a record that the tables refuse to the report about it. */
@ExtendWith(EmbeddedServices.class)
class RejectedRowRelayITCase {

  private static final String MARKED =
      "SELECT source, relayed_at IS NOT NULL FROM rejected_rows ORDER BY id";

  private PostgresConfig config;
  private Tables tables;
  private TestTable<VehiclePass> passes;

  @BeforeEach
  void open(PostgresConfig database) throws Exception {
    config = database;
    tables = new Tables(database);
    passes = TestTable.passes(database);
  }

  @Test
  void aRefusedRecordIsReportedOnceWithItsReason() throws Exception {
    passes.write(List.of(TestPasses.pass("p1"), poison("bad", "cam-9"), TestPasses.pass("p2")));
    assertThat(tables.count("detection_sessions")).isEqualTo(2);

    try (var relay = relay(null)) {
      tick(relay);
      tick(relay);
      assertThat(relay.extractOutputValues()).singleElement().satisfies(this::isTheReport);
    }
  }

  @Test
  void rowsAreMarkedByTheCheckpointThatHasThemAndByNoneBefore() throws Exception {
    try (var relay = relay(null)) {
      passes.write(List.of(poison("bad", "cam-1")));
      tick(relay);
      relay.snapshot(1, 1);
      passes.write(List.of(poison("worse", "cam-2")));
      tick(relay);
      assertThat(tables.rows(MARKED)).containsExactly("cam-1|f", "cam-2|f");
      relay.notifyOfCompletedCheckpoint(1);
      assertThat(tables.rows(MARKED)).containsExactly("cam-1|t", "cam-2|f");
      tick(relay);
      assertThat(relay.extractOutputValues()).hasSize(2);
    }
  }

  @Test
  void aRestartReportsWhatTheCheckpointDoesNotHaveAndNothingElse() throws Exception {
    OperatorSubtaskState checkpoint;
    try (var relay = relay(null)) {
      passes.write(List.of(poison("bad", "cam-1")));
      tick(relay);
      checkpoint = relay.snapshot(1, 1);
      // Then it dies: before it hears that the checkpoint is complete, after another row.
      passes.write(List.of(poison("worse", "cam-2")));
      tick(relay);
    }
    try (var relay = relay(checkpoint)) {
      tick(relay);
      assertThat(relay.extractOutputValues())
          .extracting(RejectedRecord::source)
          .containsExactly("cam-2");
      relay.snapshot(2, 2);
      relay.notifyOfCompletedCheckpoint(2);
      assertThat(tables.rows(MARKED)).containsExactly("cam-1|t", "cam-2|t");
      // A replay of the record finds it known.
      passes.write(List.of(poison("bad", "cam-1")));
      tick(relay);
      assertThat(relay.extractOutputValues()).hasSize(1);
    }
  }

  @Test
  void aDatabaseThatFailsDoesNotFailTheJob() throws Exception {
    passes.write(List.of(poison("bad", "cam-9")));
    try (var relay = relay(null)) {
      tables.execute("ALTER TABLE rejected_rows RENAME TO away");
      tick(relay);
      assertThat(relay.extractOutputValues()).isEmpty();
      tables.execute("ALTER TABLE away RENAME TO rejected_rows");
      tick(relay);
      assertThat(relay.extractOutputValues()).singleElement().satisfies(this::isTheReport);
    }
  }

  private void isTheReport(RejectedRecord record) {
    assertThat(record.kind()).isEqualTo("pass");
    assertThat(record.source()).isEqualTo("cam-9");
    assertThat(record.reason())
        .startsWith("Postgres refused bad: ")
        .contains("plates_plate_text_check");
    // As times: texts of one time differ in the zeros at their end.
    assertThat(record.rejectedAt())
        .isEqualTo(
            Instant.parse(
                tables
                    .rows(
                        "SELECT to_json(rejected_at AT TIME ZONE 'UTC') #>> '{}' FROM rejected_rows")
                    .get(0)
                    .concat("Z")));
  }

  private OneInputStreamOperatorTestHarness<Long, RejectedRecord> relay(
      OperatorSubtaskState checkpoint) throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<Long, RejectedRecord>(
            new StreamFlatMap<>(new RejectedRowRelay(config)));
    harness.setup();
    if (checkpoint != null) {
      harness.initializeState(checkpoint);
    }
    harness.open();
    return harness;
  }

  private static void tick(OneInputStreamOperatorTestHarness<Long, RejectedRecord> relay)
      throws Exception {
    relay.processElement(0L, 0);
  }

  private static VehiclePass poison(String id, String camera) {
    return TestPasses.pass(
        id,
        camera,
        "Gate 1",
        GateType.ENTRY,
        TestPasses.NOON,
        TestPasses.car(),
        TestPasses.plate("B" + "1".repeat(90)),
        null);
  }
}
