package io.plateflow.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.api.ApiCommand;
import io.plateflow.clients.camera.testing.FreePort;
import io.plateflow.clients.testing.TopicReader;
import io.plateflow.schemas.avro.PlateReadEvent;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.Topics;
import io.plateflow.standalone.bench.ClipPictures;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients send photos while the HTTP service, Kafka and Postgres are killed one after another: what
 * was accepted is there, once.
 */
class UploadsUnderKillITCase {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int ACCEPTED = 201;
  private static final int UNAVAILABLE = 503;
  private static final int SENDERS = 4;
  private static final Pattern TOKEN = Pattern.compile("\\btoken (\\S+)");
  private static final EventCodec<PlateReadEvent> READS = EventCodec.of(PlateReadEvent.class);

  @TempDir Path folder;

  @Test
  void whatWasAcceptedIsThereOnce() throws Exception {
    Path log = folder.resolve("api.log");
    int port = FreePort.find();
    List<byte[]> photos = ClipPictures.of(Path.of("demo/gate-entry.mp4"), 0.5);
    try (Services services =
            Services.start(folder.resolve("data"), folder, FreePort.find(), FreePort.find());
        ClusterProcess api = service(services, log, port);
        Supervisor supervisor = new Supervisor()) {
      api.start();
      Waiting.until("the service told its token", PATIENCE, () -> TOKEN.matcher(said(log)).find());
      supervisor.add(List.of(api));
      supervisor.add(services.processes());
      Map<String, Integer> statuses;
      URI address = URI.create("http://127.0.0.1:%d".formatted(port));
      try (PhotoSenders senders = new PhotoSenders(address, token(log), photos, SENDERS)) {
        awaitMore(senders);
        api.kill();
        awaitMore(senders);
        assertThat(senders.count(PhotoSenders.NO_ANSWER)).isPositive();

        services.kafkaProcess().kill();
        awaitRefused(senders);
        awaitMore(senders);

        services.killPostgres();
        awaitRefused(senders);
        awaitMore(senders);
        senders.close();
        statuses = senders.statuses();
      }
      services.awaitReachable();
      compare(services, statuses);
    }
  }

  private static void awaitMore(PhotoSenders senders) throws Exception {
    long before = senders.count(ACCEPTED);
    Waiting.until(
        "more photos are accepted", PATIENCE, () -> senders.count(ACCEPTED) >= before + SENDERS);
  }

  private static void awaitRefused(PhotoSenders senders) throws Exception {
    long before = senders.count(UNAVAILABLE);
    Waiting.until("photos are refused", PATIENCE, () -> senders.count(UNAVAILABLE) > before);
  }

  private void compare(Services services, Map<String, Integer> statuses) throws Exception {
    assertThat(statuses.values()).containsOnly(ACCEPTED, UNAVAILABLE, PhotoSenders.NO_ANSWER);
    Map<String, Integer> uploads = new HashMap<>();
    Map<String, Path> stored = new HashMap<>();
    Map<String, Integer> sessions = new HashMap<>();
    try (Connection connection =
            DriverManager.getConnection(
                services.postgres().jdbcUrl(),
                services.postgres().user(),
                services.postgres().password());
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT camera_id, stored_path, cardinality(session_ids) FROM uploads")) {
      while (rows.next()) {
        uploads.merge(rows.getString(1), 1, Integer::sum);
        stored.put(rows.getString(1), Path.of(URI.create(rows.getString(2)).getPath()));
        sessions.put(rows.getString(1), rows.getInt(3));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    Map<String, Map<String, byte[]>> reads = reads(services);
    statuses.forEach(
        (camera, status) -> {
          assertThat(uploads.getOrDefault(camera, 0)).as(camera).isLessThanOrEqualTo(1);
          if (status == ACCEPTED) {
            assertThat(uploads).containsEntry(camera, 1);
            assertThat(stored.get(camera)).isNotEmptyFile();
            assertThat(reads.getOrDefault(camera, Map.of()))
                .as(camera)
                .hasSize(sessions.get(camera));
          }
        });
    assertThat(reads.values()).anySatisfy(each -> assertThat(each).isNotEmpty());
    assertThat(reads.keySet()).isSubsetOf(statuses.keySet());
  }

  /** By source and record id; the same id twice would be two passes of one vehicle. */
  private static Map<String, Map<String, byte[]>> reads(Services services) throws IOException {
    Map<String, Map<String, byte[]>> reads = new HashMap<>();
    try (TopicReader reader = new TopicReader(services.kafka(), Topics.READS)) {
      for (ConsumerRecord<byte[], byte[]> record : reader.all()) {
        PlateReadEvent read = READS.decode(record.value());
        byte[] before =
            reads
                .computeIfAbsent(read.getSource(), source -> new HashMap<>())
                .putIfAbsent(read.getRecordId(), record.value());
        assertThat(before == null || Arrays.equals(before, record.value()))
            .as(read.getRecordId())
            .isTrue();
      }
    }
    return reads;
  }

  private ClusterProcess service(Services services, Path log, int port) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("api.yml"),
            """
            cameras: []
            postgres:
              url: %s
              user: %s
              password: ${%s}
            kafka:
              bootstrap-servers: %s
            evidence:
              directory: %s
            http:
              port: %d
            """
                .formatted(
                    services.postgres().jdbcUrl(),
                    services.postgres().user(),
                    Recordings.PASSWORD,
                    services.kafka().servers(),
                    folder.resolve("evidence").toUri(),
                    port));
    return new ClusterProcess(
        "api",
        log,
        services.environment(),
        List.of("-Xmx512m"),
        ApiCommand.class.getName(),
        "--config",
        config.toString());
  }

  private static String said(Path log) throws IOException {
    return Files.exists(log) ? Files.readString(log) : "";
  }

  private static String token(Path log) throws IOException {
    Matcher told = TOKEN.matcher(said(log));
    assertThat(told.find()).isTrue();
    return told.group(1);
  }
}
