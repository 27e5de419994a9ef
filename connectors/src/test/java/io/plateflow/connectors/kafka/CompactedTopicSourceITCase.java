package io.plateflow.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.testing.EmbeddedServices;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.testutils.source.reader.TestingSplitEnumeratorContext;
import org.apache.flink.connector.testutils.source.reader.TestingSplitEnumeratorContext.SplitAssignmentState;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EmbeddedServices.class)
class CompactedTopicSourceITCase {

  private static final String TOPIC = "compacted-topic-source";
  private static final KafkaRecordDeserializationSchema<String> TEXT =
      KafkaRecordDeserializationSchema.valueOnly(StringDeserializer.class);
  private static final KafkaPartitionSplit SPLIT =
      new KafkaPartitionSplit(new TopicPartition(TOPIC, 0), 0, 1);

  @BeforeAll
  static void createTopic(KafkaConfig kafka) throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", (Object) kafka.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void restoredReadersOfABoundedTopicAreToldTheEnd(boolean assigned, KafkaConfig kafka)
      throws Exception {
    SplitAssignmentState<KafkaPartitionSplit> told = restore(kafka, true, assigned);

    assertThat(told).isNotNull();
    assertThat(told.hasReceivedNoMoreSplitsSignal()).isTrue();
    assertThat(told.getAssignedSplits()).isEqualTo(assigned ? List.of() : List.of(SPLIT));
  }

  @Test
  void restoredReadersOfAnEndlessTopicWaitForMore(KafkaConfig kafka) throws Exception {
    assertThat(restore(kafka, false, true)).isNull();
  }

  /** What the first reader was told after a restore; null where nothing. */
  private static SplitAssignmentState<KafkaPartitionSplit> restore(
      KafkaConfig kafka, boolean bounded, boolean assigned) throws Exception {
    KafkaSourceEnumState checkpoint =
        new KafkaSourceEnumState(
            assigned ? Set.of(SPLIT) : Set.of(), assigned ? Set.of() : Set.of(SPLIT), true);
    TestingSplitEnumeratorContext<KafkaPartitionSplit> context =
        new TestingSplitEnumeratorContext<>(1);
    try (var enumerator =
        CompactedTopicSource.create(kafka, List.of(TOPIC), TEXT, bounded)
            .restoreEnumerator(context, checkpoint)) {
      enumerator.start();
      context.registerReader(0, "localhost");
      enumerator.addReader(0);
      context.getExecutorService().triggerAll();
      return context.getSplitAssignments().get(0);
    }
  }
}
