package io.plateflow.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.testing.TestPasses;
import io.plateflow.schemas.pass.VehiclePass;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchOperatorTest {

  private static final int SIZE = 3;
  private static final long INTERVAL = 250;

  private OneInputStreamOperatorTestHarness<VehiclePass, RowBatch> harness;

  @BeforeEach
  void open() throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new BatchOperator<>(new PassRows(), SIZE, Duration.ofMillis(INTERVAL)));
    harness.setup();
    harness.setProcessingTime(0);
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void aBatchIsWrittenWhenItIsFull() throws Exception {
    pass("p1");
    pass("p2");
    assertThat(batches()).isEmpty();
    pass("p3");
    pass("p4");
    assertThat(batches()).containsExactly(List.of("p1", "p2", "p3"));
  }

  @Test
  void noRecordWaitsLongerThanTheInterval() throws Exception {
    pass("p1");
    harness.setProcessingTime(INTERVAL - 1);
    pass("p2");
    assertThat(batches()).isEmpty();
    harness.setProcessingTime(INTERVAL);
    assertThat(batches()).containsExactly(List.of("p1", "p2"));

    // A time that is up with nothing gathered writes nothing, and the next record has its own.
    harness.setProcessingTime(10 * INTERVAL);
    pass("p3");
    harness.setProcessingTime(11 * INTERVAL);
    assertThat(batches()).containsExactly(List.of("p1", "p2"), List.of("p3"));
  }

  @Test
  void everythingGoesOutBeforeACheckpointAndAtTheEnd() throws Exception {
    pass("p1");
    harness.prepareSnapshotPreBarrier(1);
    assertThat(batches()).containsExactly(List.of("p1"));
    harness.prepareSnapshotPreBarrier(2);
    pass("p2");
    harness.endInput();
    assertThat(batches()).containsExactly(List.of("p1"), List.of("p2"));
  }

  @Test
  void ofTwoRecordsWithTheSameKeyTheLaterCounts() throws Exception {
    pass("p1");
    harness.processElement(
        TestPasses.pass("p1").withPlate(TestPasses.plate("D 55 XY")),
        TestPasses.NOON.toEpochMilli());
    harness.endInput();
    assertThat(harness.extractOutputValues())
        .singleElement()
        .satisfies(
            batch -> {
              assertThat(batch.keys()).containsExactly("p1");
              assertThat(batch.sources()).containsExactly("cam-1");
              assertThat(batch.elements()).singleElement().asString().contains("D55XY");
            });
  }

  @Test
  void batchesAreSerializedWithoutKryo() {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(RowBatch.class);
  }

  private void pass(String id) throws Exception {
    harness.processElement(TestPasses.pass(id), TestPasses.NOON.toEpochMilli());
  }

  private List<List<String>> batches() {
    return harness.extractOutputValues().stream().map(RowBatch::keys).toList();
  }
}
