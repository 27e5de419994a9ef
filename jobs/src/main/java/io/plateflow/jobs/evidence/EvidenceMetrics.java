package io.plateflow.jobs.evidence;

import io.plateflow.clients.evidence.EvidenceCounts;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/** Evidence metrics of one task. */
public final class EvidenceMetrics implements EvidenceCounts {

  private final Counter written;
  private final Counter bytes;
  private final Counter replaced;
  private final Counter retried;
  private final Counter failed;
  private final Counter outOfSpace;
  private final Counter waits;
  private final Counter waitMillis;

  public EvidenceMetrics(MetricGroup metrics) {
    written = counter(metrics, "evidenceWritten");
    bytes = counter(metrics, "evidenceBytes");
    replaced = counter(metrics, "evidenceReplaced");
    retried = counter(metrics, "evidenceRetried");
    failed = counter(metrics, "evidenceFailed");
    outOfSpace = counter(metrics, "evidenceOutOfSpace");
    waits = counter(metrics, "evidenceWaits");
    waitMillis = counter(metrics, "evidenceWaitMillis");
  }

  private static Counter counter(MetricGroup metrics, String name) {
    return metrics.counter(name, new ThreadSafeSimpleCounter());
  }

  @Override
  public void written(int size) {
    written.inc();
    bytes.inc(size);
  }

  @Override
  public void replaced() {
    replaced.inc();
  }

  @Override
  public void retried() {
    retried.inc();
  }

  @Override
  public void failed() {
    failed.inc();
  }

  @Override
  public void outOfSpace() {
    outOfSpace.inc();
  }

  @Override
  public void waited(long millis) {
    waits.inc();
    waitMillis.inc(millis);
  }
}
