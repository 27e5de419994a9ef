package io.plateflow.connectors.postgres;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Gathers records until the batch is full, its time is up, or a checkpoint or the end asks for
 * everything. It has no state: before a barrier passes, all has gone on to the sink.
 */
final class BatchOperator<T> extends AbstractStreamOperator<RowBatch>
    implements OneInputStreamOperator<T, RowBatch>, BoundedOneInput {

  private static final long serialVersionUID = 1L;

  private final TableRows<T> rows;
  private final int size;
  private final Duration interval;
  private transient Map<String, T> gathered;
  private transient boolean timerSet;

  BatchOperator(TableRows<T> rows, int size, Duration interval) {
    this.rows = rows;
    this.size = size;
    this.interval = interval;
  }

  @Override
  public void open() {
    gathered = new LinkedHashMap<>();
  }

  @Override
  public void processElement(StreamRecord<T> element) {
    T record = element.getValue();
    gathered.put(rows.key(record), record);
    if (gathered.size() >= size) {
      emit();
    } else if (!timerSet) {
      timerSet = true;
      long due = getProcessingTimeService().getCurrentProcessingTime() + interval.toMillis();
      getProcessingTimeService().registerTimer(due, this::onTimer);
    }
  }

  private void onTimer(long time) {
    timerSet = false;
    emit();
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    emit();
  }

  @Override
  public void endInput() {
    emit();
  }

  private void emit() {
    if (!gathered.isEmpty()) {
      output.collect(new StreamRecord<>(RowBatch.of(rows, gathered.values())));
      gathered.clear();
    }
  }
}
