package io.plateflow.jobs.enrich;

import io.plateflow.jobs.metrics.Counters;
import io.plateflow.jobs.metrics.LabelledCounters;
import io.plateflow.jobs.metrics.Latencies;
import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.corrections.CorrectionKind;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.VehiclePass;
import java.time.Instant;
import java.util.Locale;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/** Metrics of passes and alerts, and the counts that a finished job reports. */
final class EnrichMetrics {

  private final LabelledCounters counters;
  private final Histogram captureToPass;
  private final Histogram captureToAlert;
  private final Histogram captureToAccess;

  private final LongCounter passes;
  private final LongCounter plates;
  private final LongCounter alerts;
  private final LongCounter rejected;

  EnrichMetrics(RuntimeContext context) {
    MetricGroup metrics = context.getMetricGroup();
    this.passes = context.getLongCounter(Counters.PASSES);
    this.plates = context.getLongCounter(Counters.PLATES);
    this.alerts = context.getLongCounter(Counters.ALERTS);
    this.rejected = context.getLongCounter(Counters.REJECTED);
    this.counters = new LabelledCounters(metrics);
    this.captureToPass = Latencies.histogram(metrics, "captureToPassMillis");
    this.captureToAlert = Latencies.histogram(metrics, "captureToAlertMillis");
    this.captureToAccess = Latencies.histogram(metrics, "captureToAccessMillis");
  }

  /** A pass is emitted for the first time. */
  void pass(VehiclePass pass, Instant now) {
    passes.add(1);
    if (pass.plate() != null) {
      plates.add(1);
    }
    String read = pass.plate() == null ? "none" : pass.plate().text().isEmpty() ? "unread" : "read";
    counters.of("passes", "camera", pass.cameraId(), "plate", read).inc();
    Latencies.sinceCapture(captureToPass, pass.seen().last(), now);
  }

  /** A changed pass is emitted again. */
  void corrected(String camera) {
    counters.of("passesCorrected", "camera", camera).inc();
  }

  /** A correction is applied to its pass. */
  void correctedByPeople(CorrectionKind kind) {
    counters.of("corrections", "kind", kind.label()).inc();
  }

  /** An alert is sent, or a revision of one. */
  void alert(Alert alert) {
    String state = alert.state().name().toLowerCase(Locale.ROOT);
    counters.of("alerts", "camera", alert.pass().cameraId(), "state", state).inc();
  }

  /**
   * An alert is raised: it counts once, however often it is revised.
   *
   * @param frameAt capture time of the frame that gave rise to it; null where a change of a list
   *     did
   */
  void alertRaised(@Nullable Instant frameAt, Instant now) {
    alerts.add(1);
    if (frameAt != null) {
      Latencies.sinceCapture(captureToAlert, frameAt, now);
    }
  }

  /**
   * A gate is told what it may do, or is told otherwise.
   *
   * @param timed whether it is the first decision, and a frame led to it
   */
  void access(AccessDecision decision, boolean timed) {
    String outcome = decision.outcome().name().toLowerCase(Locale.ROOT);
    counters.of("access", "camera", decision.pass().cameraId(), "outcome", outcome).inc();
    if (timed) {
      Latencies.sinceCapture(captureToAccess, decision.capturedAt(), decision.emittedAt());
    }
  }

  void rejected(String kind) {
    rejected.add(1);
    counters.of("rejected", "kind", kind).inc();
  }
}
