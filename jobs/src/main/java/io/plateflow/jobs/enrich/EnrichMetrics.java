package io.plateflow.jobs.enrich;

import io.plateflow.jobs.metrics.LabelledCounters;
import io.plateflow.jobs.metrics.Latencies;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.VehiclePass;
import java.time.Instant;
import java.util.Locale;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;

/** What can be seen of passes and alerts. */
final class EnrichMetrics {

  private final LabelledCounters counters;
  private final Histogram captureToPass;
  private final Histogram captureToAlert;

  EnrichMetrics(MetricGroup metrics) {
    this.counters = new LabelledCounters(metrics);
    this.captureToPass = Latencies.histogram(metrics, "captureToPassMillis");
    this.captureToAlert = Latencies.histogram(metrics, "captureToAlertMillis");
  }

  /** A pass is sent on for the first time. */
  void pass(VehiclePass pass, Instant now) {
    String read = pass.plate() == null ? "none" : pass.plate().text().isEmpty() ? "unread" : "read";
    counters.of("passes", "camera", pass.cameraId(), "plate", read).inc();
    Latencies.sinceCapture(captureToPass, pass.seen().last(), now);
  }

  /** A pass is sent on once more, changed. */
  void corrected(String camera) {
    counters.of("passesCorrected", "camera", camera).inc();
  }

  /** An alert goes out, or another word about one. */
  void alert(Alert alert) {
    String state = alert.state().name().toLowerCase(Locale.ROOT);
    counters.of("alerts", "camera", alert.pass().cameraId(), "state", state).inc();
  }

  /**
   * @param frameAt capture time of the frame that gave rise to an alert
   */
  void alertRaised(Instant frameAt, Instant now) {
    Latencies.sinceCapture(captureToAlert, frameAt, now);
  }

  void rejected(String kind) {
    counters.of("rejected", "kind", kind).inc();
  }
}
