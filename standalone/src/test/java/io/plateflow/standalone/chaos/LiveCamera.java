package io.plateflow.standalone.chaos;

import io.plateflow.clients.camera.testing.FreePort;
import io.plateflow.clients.camera.testing.RtspCamera;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.testing.TopicReader;
import io.plateflow.schemas.avro.CameraStatusEvent;
import io.plateflow.schemas.avro.VehiclePassEvent;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A camera over RTSP with a job of its own beside the recorded ones. What it shows while something
 * is down is gone, so its passes are not compared: it must come up again, and passes after it.
 */
final class LiveCamera implements Supervised, AutoCloseable {

  /** Id and location of the camera; what it leaves behind begins with it. */
  static final String ID = "live";

  private static final Duration FILM = Duration.ofSeconds(25);
  private static final int RATE = 10;

  /** Looks into a record. */
  @FunctionalInterface
  private interface Wanted {
    boolean is(ConsumerRecord<byte[], byte[]> record) throws IOException;
  }

  private final RtspCamera camera;
  private volatile boolean wanted;

  private LiveCamera(RtspCamera camera) {
    this.camera = camera;
  }

  /** Whether this machine has what serves RTSP. */
  static boolean isPossible() {
    return RtspCamera.isInstalled();
  }

  /**
   * @param clip that it shows over and over
   */
  static LiveCamera start(Path clip, Path folder) throws IOException, InterruptedException {
    Path film = LiveFilm.record(clip, RATE, FILM, folder.resolve("live.h264"));
    LiveCamera live = new LiveCamera(new RtspCamera(folder, film, RATE, FreePort.find()));
    live.start();
    return live;
  }

  @Override
  public String name() {
    return Target.RTSP.label();
  }

  @Override
  public void start() throws IOException {
    wanted = true;
    camera.start();
  }

  @Override
  public boolean isMissing() {
    return wanted && !camera.isAlive();
  }

  void kill() throws InterruptedException {
    camera.kill();
  }

  /** Writes the configuration of its job. */
  Path configuration(Path folder, Services services) throws IOException {
    return Files.writeString(
        folder.resolve("live.yml"),
        """
        cameras:
          - {id: %1$s, uri: "%2$s", location: %1$s, site: %1$s, gate: passage, max-frame-rate: 3}
        source: {initial-backoff: 500ms, max-backoff: 3s, connect-timeout: 5s, read-timeout: 5s}
        """
                .formatted(ID, camera.uri())
            + Recordings.job(folder, services, 1));
  }

  /** Waits until it said that it is up again. */
  static void awaitUp(KafkaConfig kafka, Instant since, Duration patience)
      throws IOException, InterruptedException {
    EventCodec<CameraStatusEvent> codec = EventCodec.of(CameraStatusEvent.class);
    await(
        "the live camera is up again",
        kafka,
        Topics.CAMERAS,
        patience,
        record -> {
          CameraStatusEvent status = codec.decode(record.value());
          return status.getCameraId().equals(ID)
              && status.getState().equals("up")
              && status.getAt().isAfter(since);
        });
  }

  /** Waits until it has seen a vehicle from its coming to its going. */
  static void awaitPass(KafkaConfig kafka, Instant since, Duration patience)
      throws IOException, InterruptedException {
    EventCodec<VehiclePassEvent> codec = EventCodec.of(VehiclePassEvent.class);
    await(
        "the live camera has seen a pass",
        kafka,
        Topics.PASSES,
        patience,
        record -> {
          VehiclePassEvent pass = codec.decode(record.value());
          return pass.getCameraId().equals(ID) && pass.getFirstSeen().isAfter(since);
        });
  }

  private static void await(
      String what, KafkaConfig kafka, String topic, Duration patience, Wanted wanted)
      throws IOException, InterruptedException {
    try (TopicReader reader = new TopicReader(kafka, topic)) {
      Waiting.until(
          what,
          patience,
          () -> {
            for (ConsumerRecord<byte[], byte[]> record : reader.all()) {
              if (wanted.is(record)) {
                return true;
              }
            }
            return false;
          });
    }
  }

  @Override
  public void close() {
    wanted = false;
    camera.close();
  }
}
