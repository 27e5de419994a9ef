package io.plateflow.connectors.postgres;

import io.plateflow.clients.postgres.PostgresConfig;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;

/**
 * Writes records in batches, at least once, each batch with one call of a function that may be
 * called again with the same rows. Rows that are refused for their content go to the table {@code
 * rejected_rows}, see {@link RejectedRowRelay}.
 */
final class PostgresSink<T> implements TableSink<T> {

  private static final long serialVersionUID = 1L;

  private final PostgresConfig config;
  private final TableRows<T> rows;

  PostgresSink(PostgresConfig config, TableRows<T> rows) {
    this.config = config;
    this.rows = rows;
  }

  @Override
  public DataStreamSink<?> append(DataStream<T> records, String uid, String name) {
    return records
        .transform(
            "Batches of " + rows.kind(),
            TypeInformation.of(RowBatch.class),
            new BatchOperator<>(rows, config.batchSize(), config.flushInterval()))
        .uid(uid + "-batches")
        .setParallelism(records.getParallelism())
        .sinkTo(new RowBatchSink(config, new WriteRows(rows.writer(), rows.kind())))
        .uid(uid)
        .name(name)
        .setParallelism(records.getParallelism());
  }

  /** The call of {@code write_rows} of the migrations. */
  record WriteRows(String writer, String kind) implements JdbcQueryStatement<RowBatch> {

    @Override
    public String query() {
      return "SELECT write_rows(?, ?, ?, ?, ?)";
    }

    @Override
    public void statement(PreparedStatement call, RowBatch batch) throws SQLException {
      call.setString(1, writer);
      call.setString(2, kind);
      call.setArray(3, texts(call, batch.keys()));
      call.setArray(4, texts(call, batch.sources()));
      call.setArray(5, texts(call, batch.elements()));
    }

    private static Array texts(PreparedStatement call, List<String> texts) throws SQLException {
      return call.getConnection().createArrayOf("text", texts.toArray());
    }
  }
}
