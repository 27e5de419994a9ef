package io.plateflow.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.embedded.EmbeddedKafkaBroker;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.kafka.TopicCreation;
import io.plateflow.clients.testing.EmbeddedServices;
import io.plateflow.clients.testing.TestPasses;
import io.plateflow.clients.testing.TopicReader;
import io.plateflow.schemas.avro.AlertEvent;
import io.plateflow.schemas.avro.VehiclePassEvent;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.Topics;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.VehiclePass;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(EmbeddedServices.class)
class KafkaSinksITCase {

  private static final int RECORDS = 300;
  private static final int BEFORE_OUTAGE = 100;

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir Path folder;

  private static volatile CountDownLatch middle;
  private static volatile CountDownLatch goOn;

  /** The job stands still after its first alert and takes no checkpoint, yet the alert is out. */
  @Test
  void alertIsReadByAPlainConsumerWhileTheJobGoesOn(KafkaConfig kafka) throws Exception {
    middle = new CountDownLatch(1);
    goOn = new CountDownLatch(1);
    StreamExecutionEnvironment env = environment();
    env.fromSequence(0, 1)
        .map(
            index -> {
              if (index == 1) {
                goOn.await();
              }
              return TestPasses.alert("quick-" + index, "B1234CD");
            })
        .returns(Alert.class)
        .sinkTo(KafkaSinks.alerts(kafka, DeliveryGuarantee.AT_LEAST_ONCE));

    JobClient job = env.executeAsync();
    try (TopicReader reader = new TopicReader(kafka, Topics.ALERTS)) {
      ConsumerRecord<byte[], byte[]> record =
          reader.await(r -> alertId(r).equals("quick-0"), Duration.ofSeconds(30));
      assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("B1234CD");
      goOn.countDown();
      reader.await(r -> alertId(r).equals("quick-1"), Duration.ofSeconds(30));
    }
    job.getJobExecutionResult().get(30, TimeUnit.SECONDS);
  }

  @Test
  void passesAndRejectedRecordsArriveExactlyOnceWhereThatIsChosen(KafkaConfig kafka)
      throws Exception {
    StreamExecutionEnvironment env = environment();
    env.enableCheckpointing(100);
    env.fromSequence(0, 9)
        .map(index -> TestPasses.pass("exact-" + index))
        .returns(VehiclePass.class)
        .sinkTo(KafkaSinks.passes(kafka, DeliveryGuarantee.EXACTLY_ONCE));
    env.fromSequence(0, 9)
        .map(index -> new RejectedRecord("exact", index, "frame", "torn", TestPasses.NOON))
        .returns(RejectedRecord.class)
        .sinkTo(KafkaSinks.rejected(kafka, DeliveryGuarantee.EXACTLY_ONCE));
    env.execute();

    try (TopicReader reader = new TopicReader(kafka, Topics.PASSES)) {
      assertThat(reader.all().stream().map(KafkaSinksITCase::passId))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 10).mapToObj(i -> "exact-" + i).toList());
    }
    try (TopicReader reader = new TopicReader(kafka, Topics.REJECTED)) {
      assertThat(reader.all().stream().filter(r -> key(r).equals("exact"))).hasSize(10);
    }
  }

  @Test
  void brokerGoesAwayInTheMiddleAndNothingIsLost() throws Exception {
    middle = new CountDownLatch(1);
    goOn = new CountDownLatch(1);
    KafkaConfig kafka;
    JobClient job;
    int port;
    try (EmbeddedKafkaBroker broker = EmbeddedKafkaBroker.start(0, folder)) {
      kafka = broker.config();
      port = broker.port();
      TopicCreation.createMissing(kafka);
      StreamExecutionEnvironment env = environment();
      env.enableCheckpointing(200);
      Sink<VehiclePass> sink = KafkaSinks.passes(kafka, DeliveryGuarantee.AT_LEAST_ONCE);
      env.fromSequence(0, RECORDS - 1)
          .map(
              index -> {
                if (index == BEFORE_OUTAGE) {
                  middle.countDown();
                  goOn.await();
                }
                return TestPasses.pass("pass-" + index);
              })
          .returns(VehiclePass.class)
          .sinkTo(sink);
      job = env.executeAsync();
      assertThat(middle.await(60, TimeUnit.SECONDS)).isTrue();
    }
    goOn.countDown();

    try (EmbeddedKafkaBroker broker = EmbeddedKafkaBroker.start(port, folder)) {
      job.getJobExecutionResult().get(120, TimeUnit.SECONDS);
      try (TopicReader reader = new TopicReader(broker.config(), Topics.PASSES)) {
        List<String> arrived = reader.all().stream().map(KafkaSinksITCase::passId).toList();
        Set<String> expected =
            IntStream.range(0, RECORDS)
                .mapToObj(i -> "pass-" + i)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(new TreeSet<>(arrived)).isEqualTo(expected);
        assertThat(arrived).as("no restart, so no replay either").hasSize(RECORDS);
      }
    }
  }

  private static StreamExecutionEnvironment environment() {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setParallelism(1);
    return env;
  }

  private static String alertId(ConsumerRecord<byte[], byte[]> record) {
    try {
      return EventCodec.of(AlertEvent.class).decode(record.value()).getAlertId();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String passId(ConsumerRecord<byte[], byte[]> record) {
    try {
      return EventCodec.of(VehiclePassEvent.class).decode(record.value()).getPassId();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.key(), StandardCharsets.UTF_8);
  }
}
