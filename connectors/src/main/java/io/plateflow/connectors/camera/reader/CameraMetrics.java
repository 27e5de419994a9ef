package io.plateflow.connectors.camera.reader;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What can be seen of one camera, under {@code camera.<id>}. */
final class CameraMetrics {

  /** Why a frame was not handed on. */
  enum Drop {
    /** A newer frame of a live camera took its place. */
    SUPERSEDED("superseded"),
    /** The job holds all picture buffers. */
    NO_BUFFER("noBuffer"),
    /** Decoding cannot keep up with the camera. */
    DECODER_BEHIND("decoderBehind"),
    /** Above the camera's frame-rate cap. */
    RATE_CAP("rateCap");

    private final String label;

    Drop(String label) {
      this.label = label;
    }
  }

  private final Counter frames;
  private final Counter rejected;
  private final Counter reconnects;
  private final Counter[] dropped = new Counter[Drop.values().length];
  private volatile boolean up;
  private volatile long lagMillis;

  CameraMetrics(MetricGroup reader, String cameraId) {
    MetricGroup group = reader.addGroup("camera", cameraId);
    frames = group.counter("frames");
    rejected = group.counter("rejected");
    reconnects = group.counter("reconnects");
    for (Drop drop : Drop.values()) {
      dropped[drop.ordinal()] = group.addGroup("reason", drop.label).counter("dropped");
    }
    group.gauge("up", () -> up ? 1 : 0);
    group.gauge("lagMillis", () -> lagMillis);
  }

  void frame(long lag) {
    frames.inc();
    lagMillis = lag;
  }

  void rejection() {
    rejected.inc();
  }

  void reconnect() {
    reconnects.inc();
  }

  void drop(Drop reason, int count) {
    dropped[reason.ordinal()].inc(count);
  }

  void up(boolean isUp) {
    up = isUp;
  }
}
