package io.plateflow.connectors.postgres;

import io.plateflow.clients.postgres.PostgresConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;

/**
 * Gathers records until the batch is full, its time is up, or a checkpoint asks for everything.
 * Runs in the task's own thread throughout, timer included.
 */
final class BufferingWriter<T> implements SinkWriter<T> {

  private final PostgresConfig options;
  private final BatchStatement<T> statement;
  private final BatchWriter<T> writer;
  private final ProcessingTimeService time;
  private final Map<String, T> buffer = new LinkedHashMap<>();
  private boolean timerSet;

  BufferingWriter(
      PostgresConfig options,
      BatchStatement<T> statement,
      BatchWriter<T> writer,
      ProcessingTimeService time) {
    this.options = options;
    this.statement = statement;
    this.writer = writer;
    this.time = time;
  }

  @Override
  public void write(T record, Context context) throws IOException, InterruptedException {
    buffer.put(statement.key(record), record);
    if (buffer.size() >= options.batchSize()) {
      writeBuffer();
    } else if (!timerSet) {
      timerSet = true;
      time.registerTimer(
          time.getCurrentProcessingTime() + options.flushInterval().toMillis(),
          timestamp -> {
            timerSet = false;
            writeBuffer();
          });
    }
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    writeBuffer();
    writer.flushRejections();
  }

  private void writeBuffer() throws IOException, InterruptedException {
    if (!buffer.isEmpty()) {
      // Emptied only after the write: a batch that failed must not look written to a checkpoint.
      writer.write(new ArrayList<>(buffer.values()));
      buffer.clear();
    }
  }

  @Override
  public void close() {
    writer.close();
  }
}
