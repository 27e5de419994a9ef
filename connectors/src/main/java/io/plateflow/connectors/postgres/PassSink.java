package io.plateflow.connectors.postgres;

import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.schemas.pass.VehiclePass;

/**
 * Writes passes and keeps the statistics in step. A pass that comes again, as it was or corrected,
 * changes its rows and adds none, so at-least-once delivery leaves every pass once.
 *
 * <p>Passes of one camera must come through one subtask: of two versions of a pass the last to
 * arrive stays.
 */
public final class PassSink {

  private PassSink() {}

  public static TableSink<VehiclePass> create(PostgresConfig config) {
    return new PostgresSink<>(config, new PassRows());
  }
}
