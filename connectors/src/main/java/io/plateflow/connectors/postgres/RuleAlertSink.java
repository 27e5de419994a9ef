package io.plateflow.connectors.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.rules.RuleAlert;
import io.plateflow.schemas.rules.RuleFacts;
import io.plateflow.schemas.status.StatusMatch;
import java.util.Locale;

/** Writes what rules raise into {@code alerts}. */
public final class RuleAlertSink {

  private RuleAlertSink() {}

  public static TableSink<RuleAlert> create(PostgresConfig config) {
    return new PostgresSink<>(config, new Rows());
  }

  /** Rows as {@code record_alerts} of the migrations takes them. */
  static final class Rows implements TableRows<RuleAlert> {

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String writer() {
      return "record_alerts";
    }

    /** With its revision: in a batch as in the table the highest counts, not the last. */
    @Override
    public String key(RuleAlert alert) {
      return alert.alertId() + " r" + alert.revision();
    }

    @Override
    public String kind() {
      return "alert";
    }

    @Override
    public String source(RuleAlert alert) {
      return "rule " + alert.rule().ruleId();
    }

    @Override
    public String json(RuleAlert alert) {
      RuleFacts facts = alert.subject().facts();
      VehiclePass pass = alert.subject().pass();
      StatusMatch match = pass == null ? null : pass.match();
      ObjectNode row = pass == null ? place(facts) : MatchedPasses.json(pass, pass.matches());
      return row.put("alert_id", alert.alertId())
          .put("revision", alert.revision())
          .put("state", alert.state().name().toLowerCase(Locale.ROOT))
          .put("listed_plate", match == null ? null : match.listedPlate())
          .put("status", match == null ? null : match.type().label())
          .put("match_distance", match == null ? null : match.distance())
          .put("rule_id", alert.rule().ruleId())
          .put("rule_name", alert.rule().name())
          .put("detail", alert.detail().isEmpty() ? null : alert.detail())
          .put("captured_at", facts.at().toString())
          .put("emitted_at", alert.emittedAt().toString())
          .toString();
    }

    private static ObjectNode place(RuleFacts facts) {
      ObjectNode row =
          JSON.createObjectNode()
              .put("camera_id", facts.place().cameraId())
              .put("location", facts.place().location())
              .put("site", facts.place().site())
              .put("gate", facts.place().gate().label())
              .put("vehicle_class", facts.vehicleClass())
              .put("plate_text", facts.plate().isEmpty() ? null : facts.plate())
              .put("score", 0)
              .put("reads", 0);
      row.putArray("matches");
      if (!facts.plate().isEmpty()) {
        // A visit: what is told of it goes with the pass that it began with.
        row.put("pass_key", facts.id().substring(facts.id().indexOf('-') + 1));
      }
      return row;
    }
  }
}
