package io.plateflow.jobs.detect;

import io.plateflow.jobs.metrics.LabelledCounters;
import io.plateflow.jobs.metrics.Latencies;
import io.plateflow.models.engine.FrameDetections;
import java.util.function.IntSupplier;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;

/** Metrics of the detector of one subtask. */
final class DetectMetrics {

  private final LabelledCounters counters;
  private final Histogram work;
  private final Histogram latency;
  private final Histogram batch;

  /**
   * @param inFlight frames of this subtask in the engine or its queue
   * @param waiting frames of the process in the engine's queue
   */
  DetectMetrics(MetricGroup metrics, IntSupplier inFlight, IntSupplier waiting) {
    this.counters = new LabelledCounters(metrics);
    this.work = Latencies.histogram(metrics, "detectWorkMillis");
    this.latency = Latencies.histogram(metrics, "detectMillis");
    this.batch = Latencies.histogram(metrics, "batchSize");
    metrics.gauge("framesInFlight", inFlight::getAsInt);
    metrics.gauge("framesWaitingForDetector", waiting::getAsInt);
  }

  void onFrame(String camera) {
    counters.of("framesIn", "camera", camera).inc();
  }

  void withoutMotion(String camera) {
    counters.of("dropped", "camera", camera, "reason", "noMotion").inc();
  }

  void failed(String camera) {
    counters.of("dropped", "camera", camera, "reason", "failed").inc();
  }

  void rejected(String kind) {
    counters.of("rejected", "kind", kind).inc();
  }

  /**
   * @param nanos from handing the frame over to its result
   */
  void detected(FrameDetections found, long nanos) {
    work.update(Math.round(found.vehicleMillis() + found.plateMillis()));
    latency.update(Math.round(nanos / 1e6));
    batch.update(found.batch());
  }
}
