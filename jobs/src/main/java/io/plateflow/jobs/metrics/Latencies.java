package io.plateflow.jobs.metrics;

import java.time.Duration;
import java.time.Instant;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** Histograms of how long something took, in milliseconds, over the last values. */
public final class Latencies {

  private static final int WINDOW = 1000;

  /** Anything captured longer ago is a recording, whose latency means nothing. */
  private static final Duration LIVE = Duration.ofMinutes(10);

  private Latencies() {}

  public static Histogram histogram(MetricGroup metrics, String name) {
    return metrics.histogram(name, new DescriptiveStatisticsHistogram(WINDOW));
  }

  /** Records the time since a capture, unless the frame is of a recording. */
  public static void sinceCapture(Histogram histogram, Instant capturedAt, Instant now) {
    Duration since = Duration.between(capturedAt, now);
    if (!since.isNegative() && since.compareTo(LIVE) < 0) {
      histogram.update(since.toMillis());
    }
  }
}
