package io.plateflow.clients.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plateflow.clients.ClientException;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.postgres.PostgresConnections;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.rules.Rule;
import io.plateflow.schemas.rules.RuleEvaluation;
import io.plateflow.schemas.rules.RuleFacts;
import io.plateflow.schemas.rules.RuleTrigger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * At which passes of the tables a rule would have fired: the same evaluation as in the job, with
 * the lists as they were when each vehicle passed. Its cap is not applied, and hidden plates count
 * as different ones.
 */
public final class RulePreview {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FETCH = 2000;

  private static final String PASSES =
      """
      SELECT s.pass_key, s.timestamp, s.camera_id, l.name, l.type, l.timezone, s.site,
             p.plate_text, v.vehicle_class, p.plate_background_color, p.plate_type,
             s.direction, p.list_matches
        FROM detection_sessions s
        JOIN locations l ON l.id = s.location_id
        LEFT JOIN vehicles v ON v.session_id = s.id AND v.vehicle_idx = 1
        LEFT JOIN plates p ON p.session_id = s.id AND p.plate_idx = 1
       WHERE s.timestamp >= :from AND s.timestamp < :until
       ORDER BY s.timestamp, s.pass_key COLLATE "C"
      """;

  private final PostgresConfig postgres;

  public RulePreview(PostgresConfig postgres) {
    this.postgres = postgres;
  }

  /**
   * @param passes at which it would have fired, in the order of their capture
   * @param lookedAt passes within the time
   */
  public record Result(List<RuleFacts> passes, long lookedAt) {

    public Result {
      passes = List.copyOf(passes);
    }
  }

  /**
   * Evaluates the rule, whether it is enabled or not.
   *
   * @param from inclusive; earlier passes count for the number of times alone
   * @param until exclusive
   * @throws IllegalArgumentException where the rule is not one of passes
   * @throws ClientException when the database is away or refuses
   */
  public Result run(Rule rule, Instant from, Instant until) {
    if (rule.trigger() != RuleTrigger.PASS) {
      throw new IllegalArgumentException(
          "trigger: found %s, expected pass: only passes can be looked at again"
              .formatted(rule.trigger().label()));
    }
    RuleEvaluation evaluation = new RuleEvaluation(rule);
    Preview preview = new Preview(evaluation, from);
    try {
      Jdbi.create(() -> PostgresConnections.open(postgres))
          .useTransaction(
              handle ->
                  handle
                      .createQuery(PASSES)
                      .bind("from", from.minus(evaluation.span()))
                      .bind("until", until)
                      .setFetchSize(FETCH)
                      .map((row, context) -> facts(row))
                      .useStream(rows -> rows.forEach(preview::add)));
    } catch (JdbiException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ClientException(
          "Postgres at %s: %s".formatted(postgres.place(), cause.getMessage()), e);
    }
    return new Result(preview.fired, preview.lookedAt);
  }

  /** Goes through the passes in the order of time, and keeps those that still count. */
  private static final class Preview {
    private final RuleEvaluation evaluation;
    private final Instant from;
    private final Map<String, List<RuleFacts>> byPlate = new HashMap<>();
    private final List<RuleFacts> fired = new ArrayList<>();
    private long lookedAt;

    Preview(RuleEvaluation evaluation, Instant from) {
      this.evaluation = evaluation;
      this.from = from;
    }

    void add(RuleFacts pass) {
      boolean asked = !pass.at().isBefore(from);
      lookedAt += asked ? 1 : 0;
      if (!evaluation.meets(pass)) {
        return;
      }
      List<RuleFacts> same = List.of(pass);
      if (!evaluation.span().isZero()) {
        same = byPlate.computeIfAbsent(pass.plateClass(), plate -> new ArrayList<>());
        Instant after = pass.at().minus(evaluation.span());
        same.removeIf(earlier -> !earlier.at().isAfter(after));
        same.add(pass);
      }
      if (asked && evaluation.fires(pass, same)) {
        fired.add(pass);
      }
    }
  }

  private static RuleFacts facts(ResultSet row) throws SQLException {
    String plate = row.getString("plate_text");
    String direction = row.getString("direction");
    return new RuleFacts(
        row.getString("pass_key"),
        row.getTimestamp("timestamp").toInstant(),
        new Place(
            row.getString("camera_id"),
            row.getString("name"),
            GateType.valueOf(row.getString("type").toUpperCase(Locale.ROOT)),
            row.getString("timezone"),
            row.getString("site")),
        plate == null ? "" : plate,
        row.getString("vehicle_class"),
        row.getString("plate_background_color"),
        row.getString("plate_type"),
        direction == null ? "" : direction,
        lists(row.getString("list_matches")));
  }

  private static List<String> lists(@Nullable String matches) throws SQLException {
    Set<String> ids = new LinkedHashSet<>();
    try {
      for (JsonNode match : JSON.readTree(matches == null ? "[]" : matches)) {
        ids.add(match.path("list_id").asText());
      }
    } catch (JsonProcessingException e) {
      throw new SQLException("list_matches: found no JSON", e);
    }
    return List.copyOf(ids);
  }
}
