package io.plateflow.connectors.camera.reader;

import java.util.function.IntSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** Metrics of one camera of the source, under {@code camera.<id>}. */
final class CameraMetrics {

  /** Why a frame was dropped. */
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

  /** Values that a histogram looks back on. */
  private static final int WINDOW = 500;

  private final Counter frames;
  private final Counter rejected;
  private final Counter reconnects;
  private final Counter[] dropped = new Counter[Drop.values().length];
  private final Histogram decodeMillis;
  private volatile boolean up;
  private volatile long clientLagMillis;
  private volatile long lagMillis;
  private volatile IntSupplier waiting = () -> 0;
  private volatile IntSupplier buffersInUse = () -> 0;

  CameraMetrics(MetricGroup reader, String cameraId) {
    MetricGroup group = reader.addGroup("camera", cameraId);
    frames = group.counter("frames");
    rejected = group.counter("rejected");
    reconnects = group.counter("reconnects");
    for (Drop drop : Drop.values()) {
      dropped[drop.ordinal()] = group.addGroup("reason", drop.label).counter("dropped");
    }
    decodeMillis = group.histogram("decodeMillis", new DescriptiveStatisticsHistogram(WINDOW));
    group.gauge("up", () -> up ? 1 : 0);
    group.gauge("lagMillis", () -> lagMillis);
    group.gauge("framesWaiting", () -> waiting.getAsInt());
    group.gauge("buffersInUse", () -> buffersInUse.getAsInt());
  }

  /** Sets the queue and buffers that the gauges show. */
  void watch(IntSupplier framesWaiting, IntSupplier buffers) {
    waiting = framesWaiting;
    buffersInUse = buffers;
  }

  /**
   * A picture was decoded.
   *
   * @param lag how far it came behind the camera's clock, in milliseconds
   */
  void decoded(long nanos, long lag) {
    decodeMillis.update(Math.round(nanos / 1e6));
    clientLagMillis = lag;
  }

  /**
   * A frame was handed to the job.
   *
   * @param waited how long it had been decoded, in milliseconds
   */
  void emitted(long waited) {
    frames.inc();
    lagMillis = clientLagMillis + waited;
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
