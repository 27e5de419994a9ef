package io.plateflow.connectors.postgres;

import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.schemas.pass.VehiclePass;
import java.io.IOException;
import java.util.List;
import org.apache.flink.connector.jdbc.internal.JdbcOutputFormat;
import org.apache.flink.connector.jdbc.internal.JdbcOutputSerializer;
import org.apache.flink.connector.jdbc.internal.executor.JdbcBatchStatementExecutor;

/** What the sinks do with a batch, without a job around it. */
final class TestTable<T> implements AutoCloseable {

  private final TableRows<T> rows;
  private final JdbcOutputFormat<RowBatch, RowBatch, JdbcBatchStatementExecutor<RowBatch>> output;

  TestTable(PostgresConfig config, TableRows<T> rows) throws IOException {
    this.rows = rows;
    PostgresSink.WriteRows call = new PostgresSink.WriteRows(rows.writer(), rows.kind());
    this.output =
        new JdbcOutputFormat<>(
            new PatientConnectionProvider(config),
            RowBatchSink.execution(),
            () -> JdbcBatchStatementExecutor.simple(call.query(), call::statement));
    output.open(JdbcOutputSerializer.of(null));
  }

  static TestTable<VehiclePass> passes(PostgresConfig config) throws IOException {
    return new TestTable<>(config, new PassRows());
  }

  void write(List<T> records) throws IOException {
    output.writeRecord(RowBatch.of(rows, records));
  }

  @Override
  public void close() {
    output.close();
  }
}
