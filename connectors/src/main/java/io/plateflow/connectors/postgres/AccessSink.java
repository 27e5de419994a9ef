package io.plateflow.connectors.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.pass.VehiclePass;
import java.util.Locale;

/**
 * Keeps the table {@code access_events} what gates were told: of each pass the highest revision, of
 * equal ones the last.
 */
public final class AccessSink {

  private AccessSink() {}

  public static TableSink<AccessDecision> create(PostgresConfig config) {
    return new PostgresSink<>(config, new Rows());
  }

  /** Rows as {@code record_access_events} of the migrations takes them. */
  static final class Rows implements TableRows<AccessDecision> {

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String writer() {
      return "record_access_events";
    }

    /** With its revision: in a batch as in the table the highest counts, of equal ones the last. */
    @Override
    public String key(AccessDecision decision) {
      return decision.accessId() + " r" + decision.revision();
    }

    @Override
    public String kind() {
      return "access";
    }

    @Override
    public String source(AccessDecision decision) {
      return decision.pass().cameraId();
    }

    @Override
    public String json(AccessDecision decision) {
      VehiclePass pass = decision.pass();
      return MatchedPasses.json(pass, pass.matches())
          .put("access_id", decision.accessId())
          .put("revision", decision.revision())
          .put("outcome", decision.outcome().name().toLowerCase(Locale.ROOT))
          .put("reason", decision.reason().label())
          .put("permit_only", pass.place().permitOnly())
          .put("first_seen", pass.seen().first().toString())
          .put("captured_at", decision.capturedAt().toString())
          .put("emitted_at", decision.emittedAt().toString())
          .toString();
    }
  }
}
