package io.plateflow.connectors.postgres;

import io.plateflow.clients.postgres.PostgresConfig;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;

/** The connector's sink, at least once, and closed so that a failed batch is not sent again. */
final class RowBatchSink implements Sink<RowBatch> {

  private static final long serialVersionUID = 1L;

  /** After the first, a second and two seconds: for deadlocks and the like, not for an outage. */
  private static final int RETRIES = 3;

  private final PostgresConfig config;
  private final JdbcQueryStatement<RowBatch> call;

  RowBatchSink(PostgresConfig config, JdbcQueryStatement<RowBatch> call) {
    this.config = config;
    this.call = call;
  }

  @Override
  public SinkWriter<RowBatch> createWriter(WriterInitContext context) throws IOException {
    PatientConnectionProvider connection = new PatientConnectionProvider(config);
    return new Writer(
        connection,
        JdbcSink.<RowBatch>builder()
            .withExecutionOptions(execution())
            .withQueryStatement(call)
            .buildAtLeastOnce(connection)
            .createWriter(context));
  }

  /** Every element is a batch already, so the connector gathers none and starts no thread. */
  static JdbcExecutionOptions execution() {
    return JdbcExecutionOptions.builder().withBatchSize(1).withMaxRetries(RETRIES).build();
  }

  private record Writer(PatientConnectionProvider connection, SinkWriter<RowBatch> connector)
      implements SinkWriter<RowBatch> {

    @Override
    public void write(RowBatch batch, Context context) throws IOException, InterruptedException {
      connector.write(batch, context);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
      connector.flush(endOfInput);
    }

    /**
     * The connector's own close sends a batch that failed once more and throws when it fails again,
     * and an exception there ends the whole TaskManager. Nothing else is left to be closed.
     */
    @Override
    public void close() {
      connection.closeConnection();
    }
  }
}
