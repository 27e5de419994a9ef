package io.plateflow.connectors.postgres;

import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.pass.VehiclePass;
import java.util.ArrayList;
import java.util.List;

/** Writers without a job around them. */
final class TestWriters {

  private TestWriters() {}

  static BatchWriter<VehiclePass> passes(PostgresConfig options, Counts counts) {
    return writer(options, new PassStatement(), counts);
  }

  static <T> BatchWriter<T> writer(
      PostgresConfig options, BatchStatement<T> statement, Counts counts) {
    return new BatchWriter<>(
        options, statement, counts.rejected::add, time -> Thread.sleep(time.toMillis()), counts);
  }

  /** What a writer reported. */
  static final class Counts implements BatchWriter.WriteCounts {
    final List<RejectedRecord> rejected = new ArrayList<>();
    int written;
    int retried;
    int refused;

    @Override
    public void written(int records) {
      written += records;
    }

    @Override
    public void retried() {
      retried++;
    }

    @Override
    public void refused() {
      refused++;
    }
  }
}
