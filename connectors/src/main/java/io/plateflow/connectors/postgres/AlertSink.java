package io.plateflow.connectors.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.status.StatusMatch;
import java.util.Locale;

/** Keeps the table {@code alerts} what was raised: of each alert its highest revision. */
public final class AlertSink {

  private AlertSink() {}

  public static TableSink<Alert> create(PostgresConfig config) {
    return new PostgresSink<>(config, new Rows());
  }

  /** Rows as {@code record_alerts} of the migrations takes them. */
  static final class Rows implements TableRows<Alert> {

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String writer() {
      return "record_alerts";
    }

    /** With its revision: in a batch as in the table the highest counts, not the last. */
    @Override
    public String key(Alert alert) {
      return alert.alertId() + " r" + alert.revision();
    }

    @Override
    public String kind() {
      return "alert";
    }

    @Override
    public String source(Alert alert) {
      return alert.pass().cameraId();
    }

    @Override
    public String json(Alert alert) {
      ObjectNode row = MatchedPasses.json(alert.pass(), alert.matches());
      StatusMatch match = alert.match();
      return row.put("alert_id", alert.alertId())
          .put("revision", alert.revision())
          .put("state", alert.state().name().toLowerCase(Locale.ROOT))
          .put("listed_plate", match.listedPlate())
          .put("status", match.type().label())
          .put("match_distance", match.distance())
          .put("captured_at", alert.pass().frame().capturedAt().toString())
          .put("emitted_at", alert.emittedAt().toString())
          .toString();
    }
  }
}
