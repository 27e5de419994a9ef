package io.plateflow.connectors.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.schemas.status.PlateStatus;

/** Keeps the table {@code plate_status} what the access-list topic says. */
public final class PlateStatusSink {

  private PlateStatusSink() {}

  public static TableSink<PlateStatus> create(PostgresConfig config) {
    return new PostgresSink<>(config, new Rows());
  }

  /** Entries as {@code record_plate_statuses} of the migrations takes them. */
  static final class Rows implements TableRows<PlateStatus> {

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String writer() {
      return "record_plate_statuses";
    }

    /** With its version: in a batch as in the table the highest counts, not the last. */
    @Override
    public String key(PlateStatus status) {
      return status.plate() + " v" + status.version();
    }

    @Override
    public String kind() {
      return "plate-status";
    }

    @Override
    public String source(PlateStatus status) {
      return status.plate();
    }

    @Override
    public String json(PlateStatus status) {
      return JSON.createObjectNode()
          .put("plate_text", status.plate())
          .put("type", status.type() == null ? null : status.type().label())
          .put("version", status.version())
          .put("changed_at", status.changedAt().toString())
          .toString();
    }
  }
}
