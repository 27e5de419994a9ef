package io.plateflow.connectors.retention;

import io.plateflow.clients.retention.RetentionRun;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Metrics of retention, keep-free and the sweep. */
final class RetentionMetrics implements RetentionRun.Counts {

  private final Counter passes;
  private final Counter pictures;
  private final Counter evidence;
  private final Counter orphans;
  private final Counter failures;

  RetentionMetrics(MetricGroup metrics) {
    passes = metrics.counter("expiredPassesDeleted");
    pictures = metrics.counter("expiredPicturesDeleted");
    evidence = metrics.counter("evidenceRemovedForSpace");
    orphans = metrics.counter("orphanedPicturesDeleted");
    failures = metrics.counter("retentionFailures");
  }

  @Override
  public void passesDeleted(int deleted) {
    passes.inc(deleted);
  }

  @Override
  public void picturesDeleted(int deleted) {
    pictures.inc(deleted);
  }

  @Override
  public void evidenceRemoved(int removed) {
    evidence.inc(removed);
  }

  @Override
  public void orphansDeleted(int deleted) {
    orphans.inc(deleted);
  }

  @Override
  public void failed() {
    failures.inc();
  }
}
