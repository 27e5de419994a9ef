package io.plateflow.connectors.postgres;

import io.plateflow.clients.RejectionHandler;
import io.plateflow.clients.postgres.PostgresConfig;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;

/** What the sinks of this package share: at-least-once batches of an idempotent statement. */
abstract class PostgresSink<T> implements Sink<T> {

  private static final long serialVersionUID = 1L;

  private final PostgresConfig options;
  private final BatchStatement<T> statement;
  private final RejectionHandler rejections;

  PostgresSink(PostgresConfig options, BatchStatement<T> statement, RejectionHandler rejections) {
    this.options = options;
    this.statement = statement;
    this.rejections = rejections;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    Counter written = context.metricGroup().counter("recordsWritten");
    Counter retries = context.metricGroup().counter("writeRetries");
    Counter refused = context.metricGroup().counter("recordsRefused");
    BatchWriter.WriteCounts counts =
        new BatchWriter.WriteCounts() {
          @Override
          public void written(int records) {
            written.inc(records);
            context.metricGroup().getNumRecordsSendCounter().inc(records);
          }

          @Override
          public void retried() {
            retries.inc();
          }

          @Override
          public void refused() {
            refused.inc();
            context.metricGroup().getNumRecordsSendErrorsCounter().inc();
          }
        };
    return new BufferingWriter<>(
        options,
        statement,
        new BatchWriter<>(
            options, statement, rejections, time -> Thread.sleep(time.toMillis()), counts),
        context.getProcessingTimeService());
  }
}
