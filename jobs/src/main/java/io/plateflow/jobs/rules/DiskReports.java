package io.plateflow.jobs.rules;

import io.plateflow.clients.evidence.DiskSpace;
import io.plateflow.clients.retention.StorageLevel;
import io.plateflow.connectors.evidence.EvidenceStore;
import io.plateflow.schemas.config.SpaceAmount;
import io.plateflow.schemas.rules.RuleTrigger;
import java.time.Instant;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Looks at the disk of the evidence store at every tick, and reports when its level changes. */
public final class DiskReports implements FlatMapFunction<Long, OutageReport> {

  private static final long serialVersionUID = 1L;

  private final EvidenceStore store;
  private final @Nullable SpaceAmount keepFree;
  private transient @Nullable StorageLevel last;

  /**
   * @param keepFree null where nothing is kept free
   */
  public DiskReports(EvidenceStore store, @Nullable SpaceAmount keepFree) {
    this.store = store;
    this.keepFree = keepFree;
  }

  @Override
  public void flatMap(Long tick, Collector<OutageReport> out) {
    DiskSpace space = store.space();
    if (space == null) {
      return;
    }
    StorageLevel level = StorageLevel.of(space, keepFree);
    if (level != last) {
      last = level;
      out.collect(
          new OutageReport(
              RuleTrigger.DISK_LOW,
              "",
              level != StorageLevel.OK,
              "disk of the evidence store %s: %s free".formatted(level.label(), space),
              Instant.now()));
    }
  }
}
