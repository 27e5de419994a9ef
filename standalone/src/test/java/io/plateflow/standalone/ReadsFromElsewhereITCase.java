package io.plateflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.lists.ListProducer;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.testing.EmbeddedServices;
import io.plateflow.jobs.config.JobConfig;
import io.plateflow.jobs.reads.ReadSourceConfig;
import io.plateflow.jobs.reads.ReadsConfig;
import io.plateflow.jobs.topology.JobAssembly;
import io.plateflow.schemas.avro.FrameBox;
import io.plateflow.schemas.avro.PlateReadEvent;
import io.plateflow.schemas.avro.ReadKind;
import io.plateflow.schemas.avro.SeenPlate;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.Topics;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListEntry;
import io.plateflow.schemas.lists.ListMeaning;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole job without a camera of its own: what others send to a real broker. */
@ExtendWith(EmbeddedServices.class)
@Timeout(180)
class ReadsFromElsewhereITCase {

  private static final EventCodec<PlateReadEvent> READS = EventCodec.of(PlateReadEvent.class);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final String PASSES =
      """
      SELECT concat_ws('|', s.pass_key, f.plate_text, f.plate_status, f.camera_id)
        FROM passes_flat f JOIN detection_sessions s ON s.id = f.session_id ORDER BY 1
      """;
  private static final String ACCESS =
      """
      SELECT concat_ws('|', access_id, plate_text, outcome, reason) FROM access_events ORDER BY 1
      """;
  private static final String OPEN_VISITS =
      "SELECT visit_id FROM parking_sessions WHERE state = 'open' ORDER BY 1";

  @TempDir Path folder;

  @Test
  void aCameraWithAReaderOfItsOwnOpensItsGateAndNothingCountsTwice(
      PostgresConfig postgres, KafkaConfig kafka) throws Exception {
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
      lists.put(List.of(permit("e1", "B 1234 XYZ"), permit("e2", "D 77*")));
    }
    JobClient job = start(postgres, kafka);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            kafka.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
      Instant now = Instant.now();
      List<PlateReadEvent> sent =
          List.of(
              read("r1", ReadKind.CAMERA, now, "B1234XYZ", 0.95),
              // The same vehicle, less sure.
              read("r2", ReadKind.CAMERA, now.plusMillis(700), "81234XYZ", 0.7),
              // Its driver has long gone.
              read("late", ReadKind.CAMERA, now.minusSeconds(60), "D7788KL", 0.95),
              read("stranger", ReadKind.CAMERA, now, "F9999QQ", 0.95),
              read("u1", ReadKind.UPLOAD, now, "B1234XYZ", 0.95));
      send(producer, sent);
      await(postgres, PASSES, 4);
      assertThat(query(postgres, ACCESS))
          .containsExactly(
              "@anpr:late|D7788KL|unknown|late",
              "@anpr:r1|B1234XYZ|granted|listed",
              "@anpr:stranger|F9999QQ|unknown|not_listed");

      List<String> passes = query(postgres, PASSES);
      assertThat(passes)
          .containsExactly(
              "@anpr:late|D7788KL|whitelist|@anpr",
              "@anpr:r1|B1234XYZ|whitelist|@anpr",
              "@anpr:stranger|F9999QQ|unclassified|@anpr",
              "@anpr:u1|B1234XYZ|whitelist|@anpr");
      List<String> access = query(postgres, ACCESS);
      send(producer, sent);
      send(producer, List.of(read("last", ReadKind.UPLOAD, now, "L1L", 0.9)));
      await(postgres, PASSES, 5);
      assertThat(query(postgres, PASSES))
          .containsAll(passes)
          .contains("@anpr:last|L1L|unclassified|@anpr");
      assertThat(query(postgres, ACCESS)).isEqualTo(access);
      assertThat(query(postgres, "SELECT sum(passes)::bigint FROM pass_statistics_daily"))
          .containsExactly("5");
      assertThat(query(postgres, OPEN_VISITS)).hasSize(4);
    } finally {
      job.cancel().get();
    }
  }

  private JobClient start(PostgresConfig postgres, KafkaConfig kafka) throws Exception {
    JobConfig config =
        JobConfig.of(List.of())
            .withPostgres(postgres)
            .withKafka(kafka)
            .withReads(
                new ReadsConfig(
                    Duration.ofSeconds(2),
                    Duration.ofDays(7),
                    List.of(
                        new ReadSourceConfig(
                            "anpr", "North", GateType.ENTRY, false, "garage", ZoneOffset.UTC))))
            .withDefaultFolders(
                folder.resolve("evidence").toUri().toString(),
                folder.resolve("checkpoints").toUri().toString());
    Configuration flink = new Configuration();
    flink.set(TaskManagerOptions.NUM_TASK_SLOTS, 1);
    flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, flink);
    JobAssembly.assemble(env, config);
    return env.executeAsync("reads");
  }

  private static ListEntry permit(String id, String pattern) {
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

  private static PlateReadEvent read(
      String recordId, ReadKind kind, Instant at, String text, double score) {
    return PlateReadEvent.newBuilder()
        .setRecordId(recordId)
        .setSource("anpr")
        .setKind(kind)
        .setCapturedAt(at)
        .setFrameWidth(640)
        .setFrameHeight(360)
        .setPlate(
            SeenPlate.newBuilder()
                .setText(text)
                .setScore(score)
                .setReads(5)
                .setBox(new FrameBox(10.0, 20.0, 60.0, 40.0))
                .setCharacterScores(List.of())
                .setCandidates(List.of())
                .build())
        .build();
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, List<PlateReadEvent> reads) {
    for (PlateReadEvent read : reads) {
      producer.send(
          new ProducerRecord<>(
              Topics.READS,
              read.getRecordId().getBytes(StandardCharsets.UTF_8),
              READS.encode(read)));
    }
    producer.flush();
  }

  private static void await(PostgresConfig place, String sql, int rows) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (query(place, sql).size() < rows) {
      assertThat(Instant.now()).as("rows are there in time").isBefore(end);
      Thread.sleep(100);
    }
  }

  private static List<String> query(PostgresConfig place, String sql) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(place.jdbcUrl(), place.user(), place.password());
        ResultSet found = connection.createStatement().executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (found.next()) {
        rows.add(found.getString(1));
      }
      return rows;
    }
  }
}
