package io.plateflow.connectors.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.schemas.corrections.Correction;

/** Keeps the table {@code corrections} what people changed, and deletes what is to be deleted. */
public final class CorrectionSink {

  private CorrectionSink() {}

  public static TableSink<Correction> create(PostgresConfig config) {
    return new PostgresSink<>(config, new Rows());
  }

  /** Rows as {@code record_corrections} of the migrations takes them. */
  static final class Rows implements TableRows<Correction> {

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String writer() {
      return "record_corrections";
    }

    /** With its time and value: in a batch as in the table the latest counts, not the last. */
    @Override
    public String key(Correction correction) {
      return "%s at %s: %s"
          .formatted(correction.correctionId(), correction.changedAt(), correction.to());
    }

    @Override
    public String kind() {
      return "correction";
    }

    @Override
    public String source(Correction correction) {
      return correction.passId();
    }

    @Override
    public String json(Correction correction) {
      return JSON.createObjectNode()
          .put("correction_id", correction.correctionId())
          .put("kind", correction.kind().label())
          .put("pass_key", correction.passId())
          .put("from_value", correction.from())
          .put("to_value", correction.to())
          .put("gate", correction.gate() == null ? null : correction.gate().label())
          .put("site", correction.site())
          .put("entry_pass_key", correction.entryPassId())
          .put("ended_at", correction.at() == null ? null : correction.at().toString())
          .put("reason", correction.reason())
          .put("changed_at", correction.changedAt().toString())
          .put("changed_by", correction.changedBy())
          .put("removed", correction.removed())
          .toString();
    }
  }
}
