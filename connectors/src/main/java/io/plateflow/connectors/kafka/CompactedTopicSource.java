package io.plateflow.connectors.kafka;

import io.plateflow.clients.kafka.KafkaConfig;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads compacted topics from the first record that they still hold, for ever or to what they hold
 * when the job starts.
 *
 * <p>It is a {@link KafkaSource} but for one thing: that one, when bounded and restored from a
 * checkpoint made after its partitions were found, never tells its readers that no partition will
 * follow (seen in flink-connector-kafka 5.0.0-2.2, where {@code checkPartitionChanges} returns
 * early), so that a finite job would run for ever after a failure of the JobManager.
 *
 * @param <T> what a record is read as
 */
public final class CompactedTopicSource<T>
    implements Source<T, KafkaPartitionSplit, KafkaSourceEnumState>, ResultTypeQueryable<T> {

  private static final long serialVersionUID = 1L;

  private final KafkaSource<T> kafka;

  private CompactedTopicSource(KafkaSource<T> kafka) {
    this.kafka = kafka;
  }

  /**
   * @param topics at least one
   * @param bounded whether it ends at what the topics hold when the job starts
   */
  public static <T> CompactedTopicSource<T> create(
      KafkaConfig config,
      List<String> topics,
      KafkaRecordDeserializationSchema<T> deserializer,
      boolean bounded) {
    KafkaSourceBuilder<T> builder =
        KafkaSource.<T>builder()
            .setBootstrapServers(config.bootstrapServers())
            .setTopics(topics)
            // Unique among the sources of a job, or their metrics clash.
            .setClientIdPrefix(topics.get(0).replace('.', '-'))
            // All is read at every fresh start, so no group keeps a place in it.
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setProperty("commit.offsets.on.checkpoint", "false")
            .setProperty("enable.auto.commit", "false")
            .setDeserializer(deserializer);
    config.properties().forEach(builder::setProperty);
    if (bounded) {
      builder.setBounded(OffsetsInitializer.latest());
    }
    return new CompactedTopicSource<>(builder.build());
  }

  @Override
  public Boundedness getBoundedness() {
    return kafka.getBoundedness();
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return kafka.getProducedType();
  }

  @Override
  public SourceReader<T, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    return kafka.createReader(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return kafka.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint)
      throws IOException {
    SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restored =
        kafka.restoreEnumerator(context, checkpoint);
    // Where no partition was found yet, the search goes on, and its end is told by Kafka's own.
    return getBoundedness() == Boundedness.BOUNDED && checkpoint.initialDiscoveryFinished()
        ? new EndTeller(restored, context)
        : restored;
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return kafka.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return kafka.getEnumeratorCheckpointSerializer();
  }

  /** Tells each reader, once it has its partitions, that they were the last. */
  private record EndTeller(
      SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restored,
      SplitEnumeratorContext<KafkaPartitionSplit> context)
      implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {

    @Override
    public void start() {
      restored.start();
    }

    @Override
    public void handleSplitRequest(int reader, @Nullable String host) {
      restored.handleSplitRequest(reader, host);
    }

    @Override
    public void addSplitsBack(List<KafkaPartitionSplit> splits, int reader) {
      restored.addSplitsBack(splits, reader);
    }

    @Override
    public void addReader(int reader) {
      restored.addReader(reader);
      context.signalNoMoreSplits(reader);
    }

    @Override
    public KafkaSourceEnumState snapshotState(long checkpointId) throws Exception {
      return restored.snapshotState(checkpointId);
    }

    @Override
    public void close() throws IOException {
      restored.close();
    }
  }
}
