package io.plateflow.standalone.kept;

import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.lists.ListProducer;
import io.plateflow.clients.lists.PlateStatusProducer;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.jobs.config.JobConfig;
import io.plateflow.jobs.reads.ReadSourceConfig;
import io.plateflow.jobs.reads.ReadsConfig;
import io.plateflow.jobs.topology.JobAssembly;
import io.plateflow.schemas.avro.FrameBox;
import io.plateflow.schemas.avro.PlateReadEvent;
import io.plateflow.schemas.avro.ReadKind;
import io.plateflow.schemas.avro.SeenPlate;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.Topics;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListEntry;
import io.plateflow.schemas.lists.ListMeaning;
import io.plateflow.schemas.status.PlateListType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The whole job over the bundled clips, its lists and a read of another program: what a kept
 * savepoint is of. Never changed, since the savepoint names its cameras and files.
 */
final class KeptJob {

  private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");
  private static final Instant SEVEN = Instant.parse("2026-08-17T00:00:00Z");

  private final PostgresConfig postgres;
  private final KafkaConfig kafka;
  private final Path folder;

  /**
   * @param kafka with topics
   * @param folder for pictures and checkpoints
   */
  KeptJob(PostgresConfig postgres, KafkaConfig kafka, Path folder) {
    this.postgres = postgres;
    this.kafka = kafka;
    this.folder = folder;
  }

  /** The same records at the same places every time: the savepoint names the places. */
  void fillTopics() throws Exception {
    try (PlateStatusProducer statuses = new PlateStatusProducer(kafka)) {
      statuses.put("B1876KJR", PlateListType.BLACKLIST, 1, "a bundled clip");
    }
    try (ListProducer lists = new ListProducer(kafka)) {
      lists.put(
          new AccessList(
              "permits",
              "Permits",
              ListMeaning.ALLOW,
              null,
              null,
              null,
              null,
              1,
              Instant.EPOCH,
              null,
              false));
      lists.put(
          List.of(entry("e1", "F 1093 PX"), entry("e2", "L 6340*"), entry("e3", "D 3582?HU")));
    }
    PlateReadEvent read =
        PlateReadEvent.newBuilder()
            .setRecordId("r1")
            .setSource("anpr")
            .setKind(ReadKind.CAMERA)
            .setCapturedAt(SEVEN)
            .setFrameWidth(640)
            .setFrameHeight(360)
            .setPlate(
                SeenPlate.newBuilder()
                    .setText("L6340GQ")
                    .setScore(0.9)
                    .setBox(new FrameBox(10.0, 20.0, 60.0, 40.0))
                    .setCharacterScores(List.of())
                    .setCandidates(List.of())
                    .build())
            .build();
    try (KafkaProducer<byte[], byte[]> reads =
        new KafkaProducer<>(
            kafka.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
      reads
          .send(
              new ProducerRecord<>(
                  Topics.READS,
                  "r1".getBytes(StandardCharsets.UTF_8),
                  EventCodec.of(PlateReadEvent.class).encode(read)))
          .get();
    }
  }

  private static ListEntry entry(String id, String pattern) {
    return new ListEntry(
        id,
        "permits",
        pattern,
        false,
        null,
        null,
        List.of(),
        List.of(),
        null,
        null,
        null,
        1,
        Instant.EPOCH,
        null,
        false);
  }

  /**
   * @param finite ends with the films
   * @param savepoint to go on from, or null
   */
  JobClient start(boolean finite, @Nullable Path savepoint) throws Exception {
    Configuration flink = new Configuration();
    flink.set(TaskManagerOptions.NUM_TASK_SLOTS, 1);
    flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
    if (savepoint != null) {
      flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString());
      flink.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, false);
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, flink);
    JobAssembly.assemble(env, config(finite));
    return env.executeAsync("kept");
  }

  private JobConfig config(boolean finite) {
    JobConfig config =
        JobConfig.of(
            List.of(
                camera("entry", GateType.ENTRY, SEVEN),
                camera("exit", GateType.EXIT, SEVEN.plusSeconds(1200))));
    return config
        .withPostgres(postgres)
        .withKafka(kafka)
        .withSource(config.source().withFinite(finite))
        .withReads(
            new ReadsConfig(
                Duration.ofSeconds(5),
                Duration.ofDays(7),
                List.of(
                    new ReadSourceConfig(
                        "anpr", "Barrier", GateType.ENTRY, false, "barrier", JAKARTA))))
        .withDefaultFolders(
            folder.resolve("evidence").toUri().toString(),
            folder.resolve("checkpoints").toUri().toString());
  }

  private static CameraDefinition camera(String id, GateType gate, Instant from) {
    return new CameraDefinition(
        id,
        // From the folder of the module, in which tests run.
        "demo/gate-%s.mp4".formatted(id),
        "Gate " + id,
        gate,
        List.of(),
        2,
        JAKARTA,
        true,
        from,
        List.of("id"));
  }
}
