package io.plateflow.connectors.lists;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.lists.ListRecord;
import io.plateflow.clients.lists.ListRejection;
import io.plateflow.clients.lists.PlateStatusEntry;
import io.plateflow.clients.lists.PlateStatusProducer;
import io.plateflow.clients.testing.EmbeddedServices;
import io.plateflow.schemas.event.Topics;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.PlateStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(EmbeddedServices.class)
class ListSourceITCase {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @Test
  void readsTheWholeListPastMalformedRecords(KafkaConfig kafka) throws Exception {
    try (PlateStatusProducer list = new PlateStatusProducer(kafka);
        KafkaProducer<byte[], byte[]> others =
            new KafkaProducer<>(
                kafka.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
      list.put("B 1234 CD", PlateListType.BLACKLIST, 1, "stolen");
      send(others, "B1", "not an entry");
      send(others, "D5", "{\"plate\": \"D 5\", \"type\": \"whitelist\", \"version\": 4}");
      list.put("B 1234 CD", PlateListType.WHITELIST, 2, null);
      list.remove("D 5", 5);
      send(others, "B1234CD", null);
    }

    List<ListRecord> records = collect(kafka, 6);

    assertThat(records)
        .filteredOn(PlateStatusEntry.class::isInstance)
        .extracting(r -> ((PlateStatusEntry) r).status())
        .extracting(
            PlateStatus::plate,
            PlateStatus::type,
            // The bare tombstone's version is the time it was written.
            status -> Math.min(status.version(), 1_000L))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("B1234CD", PlateListType.BLACKLIST, 1L),
            org.assertj.core.groups.Tuple.tuple("D5", PlateListType.WHITELIST, 4L),
            org.assertj.core.groups.Tuple.tuple("B1234CD", PlateListType.WHITELIST, 2L),
            org.assertj.core.groups.Tuple.tuple("D5", null, 5L),
            org.assertj.core.groups.Tuple.tuple("B1234CD", null, 1_000L));
    assertThat(records)
        .filteredOn(ListRejection.class::isInstance)
        .singleElement()
        .extracting(r -> ((ListRejection) r).rejected())
        .satisfies(
            rejected -> {
              assertThat(rejected.source()).isEqualTo("plateflow.plate-status-0");
              assertThat(rejected.position()).isEqualTo(1);
              assertThat(rejected.reason()).contains("not an entry");
            });
  }

  /** First bounded, which must end by itself, then unbounded, which must not. */
  private static List<ListRecord> collect(KafkaConfig kafka, int expected) throws Exception {
    List<ListRecord> bounded = stream(kafka, true, Integer.MAX_VALUE);
    assertThat(bounded).hasSize(expected);
    assertThat(stream(kafka, false, expected))
        .filteredOn(PlateStatusEntry.class::isInstance)
        .isEqualTo(bounded.stream().filter(PlateStatusEntry.class::isInstance).toList());
    return bounded;
  }

  private static List<ListRecord> stream(KafkaConfig kafka, boolean bounded, int atMost)
      throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setParallelism(1);
    env.configure(new Configuration().set(PipelineOptions.GENERIC_TYPES, false));
    List<ListRecord> records = new ArrayList<>();
    try (CloseableIterator<ListRecord> found =
        env.fromSource(
                ListSource.create(kafka, 4, bounded),
                WatermarkStrategy.noWatermarks(),
                "plate statuses")
            .executeAndCollect()) {
      while (records.size() < atMost && found.hasNext()) {
        records.add(found.next());
      }
    }
    return records;
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, String key, String value)
      throws Exception {
    producer
        .send(
            new ProducerRecord<>(
                Topics.PLATE_STATUS,
                key.getBytes(StandardCharsets.UTF_8),
                value == null ? null : value.getBytes(StandardCharsets.UTF_8)))
        .get();
  }
}
