package io.plateflow.connectors.postgres;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.postgres.RejectedRow;
import io.plateflow.clients.postgres.RejectedRows;
import io.plateflow.schemas.frame.RejectedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Emits the rows of {@code rejected_rows}, a look with every tick, each row once. Run it with a
 * parallelism of 1. It never fails the job: while the database is away, the rows wait there.
 *
 * <p>Ids do not tell in which order rows were committed, so it keeps those that it has emitted
 * until a completed checkpoint has them too; then the rows are marked as relayed.
 */
public final class RejectedRowRelay extends RichFlatMapFunction<Long, RejectedRecord>
    implements CheckpointedFunction, CheckpointListener {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(RejectedRowRelay.class);
  private static final String STATE = "emitted-rows";
  private static final int MOST_PER_LOOK = 500;

  private final PostgresConfig config;
  private transient RejectedRows rows;
  private transient Counter relayed;
  private transient ListState<Long> state;

  /** Those that are not known to be marked. */
  private transient Set<Long> emitted;

  /** What was emitted before each checkpoint that is under way. */
  private transient TreeMap<Long, List<Long>> underWay;

  private transient boolean failing;

  public RejectedRowRelay(PostgresConfig config) {
    this.config = config;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state =
        context.getOperatorStateStore().getListState(new ListStateDescriptor<>(STATE, Types.LONG));
    emitted = new TreeSet<>();
    state.get().forEach(emitted::add);
    underWay = new TreeMap<>();
  }

  @Override
  public void open(OpenContext context) {
    rows = new RejectedRows(config);
    relayed = getRuntimeContext().getMetricGroup().counter("rejectedRowsRelayed");
  }

  @Override
  public void flatMap(Long tick, Collector<RejectedRecord> out) {
    try {
      for (RejectedRow row : rows.toRelay(emitted, MOST_PER_LOOK)) {
        emitted.add(row.id());
        relayed.inc();
        out.collect(
            new RejectedRecord(row.source(), 0, row.kind(), row.reason(), row.rejectedAt()));
      }
      failing = false;
    } catch (ClientException e) {
      failed("read", e);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    List<Long> ids = new ArrayList<>(emitted);
    state.update(ids);
    underWay.put(context.getCheckpointId(), ids);
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    Map.Entry<Long, List<Long>> last = underWay.floorEntry(checkpoint);
    if (last == null) {
      return;
    }
    underWay.headMap(checkpoint, true).clear();
    List<Long> ids = last.getValue();
    if (ids.isEmpty()) {
      return;
    }
    try {
      rows.markRelayed(ids);
      ids.forEach(emitted::remove);
    } catch (ClientException e) {
      // They are in the next checkpoint again.
      failed("mark", e);
    }
  }

  private void failed(String what, ClientException cause) {
    if (!failing) {
      LOG.warn("Cannot {} rejected rows, trying again: {}", what, cause.getMessage());
    }
    failing = true;
  }

  @Override
  public void close() {
    if (rows != null) {
      rows.close();
    }
  }
}
