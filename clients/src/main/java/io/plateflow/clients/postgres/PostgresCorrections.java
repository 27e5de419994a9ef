package io.plateflow.clients.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plateflow.clients.ClientException;
import io.plateflow.clients.corrections.CorrectionArchive;
import io.plateflow.clients.corrections.PassAtGate;
import io.plateflow.clients.corrections.RecordedPass;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.corrections.Correction;
import io.plateflow.schemas.corrections.CorrectionKind;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.ConfusionDistance;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The archive of corrections in the tables, over one connection. Not thread-safe. */
public final class PostgresCorrections implements CorrectionArchive {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresCorrections.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PostgresSession session;

  public PostgresCorrections(PostgresConfig config) {
    this.session = new PostgresSession(config);
  }

  @Override
  public List<Correction> all() {
    return session.call(
        handle ->
            handle
                .createQuery("SELECT * FROM corrections ORDER BY changed_at, correction_id")
                .setFetchSize(1000)
                .map((row, context) -> usable(row))
                .filter(Objects::nonNull)
                .list());
  }

  /**
   * The correction of a row; null, and said in the log, where somebody wrote a row that is none:
   * one bad row must not keep the job from starting.
   */
  private static @Nullable Correction usable(ResultSet row) throws SQLException {
    try {
      return correction(row);
    } catch (IllegalArgumentException e) {
      LOG.warn(
          "Table corrections: row {} is left out: {}",
          row.getString("correction_id"),
          e.getMessage());
      return null;
    }
  }

  @Override
  public @Nullable RecordedPass find(Correction correction) {
    return session.call(handle -> find(handle, correction));
  }

  @Override
  public @Nullable String plateOf(String passId) {
    return session.call(
        handle ->
            handle
                .createQuery(
                    "SELECT p.plate_text FROM detection_sessions s"
                        + " JOIN plates p ON p.session_id = s.id AND p.plate_idx = 1"
                        + " WHERE s.pass_key = :pass AND p.plate_text IS NOT NULL")
                .bind("pass", passId)
                .mapTo(String.class)
                .findFirst()
                .orElse(null));
  }

  private static @Nullable RecordedPass find(Handle handle, Correction correction) {
    return handle
        .createQuery(
            "SELECT recorded_pass(s.pass_key) AS pass, s.site AS site_now,"
                + " (SELECT p.plate_text FROM plates p"
                + " WHERE p.session_id = s.id AND p.plate_idx = 1) AS plate_now,"
                + " (SELECT to_jsonb(a) FROM alerts a WHERE a.alert_id = s.pass_key AND a.rule_id IS NULL) AS alert,"
                + " (SELECT to_jsonb(e) FROM access_events e WHERE e.access_id = s.pass_key)"
                + " AS access,"
                + " ARRAY(SELECT h.held_by FROM holds h WHERE h.pass_key = s.pass_key"
                + " AND (h.until IS NULL OR h.until > now()) ORDER BY 1) AS held_by,"
                + " ARRAY(SELECT c.to_value FROM corrections c WHERE c.pass_key = s.pass_key"
                + " AND c.kind IN ('plate', 'visit_join') AND c.to_value IS NOT NULL) AS plates,"
                + " ARRAY(SELECT c.site FROM corrections c WHERE c.pass_key = s.pass_key"
                + " AND c.site IS NOT NULL) AS sites"
                + " FROM detection_sessions s WHERE s.pass_key = :pass")
        .bind("pass", correction.passId())
        .map((row, context) -> recorded(handle, row, correction))
        .findFirst()
        .orElse(null);
  }

  private static RecordedPass recorded(Handle handle, ResultSet row, Correction correction)
      throws SQLException {
    VehiclePass pass = PassReading.pass(json(row.getString("pass")));
    String alert = row.getString("alert");
    String access = row.getString("access");
    Set<String> plates = new LinkedHashSet<>(texts(row, "plates"));
    plates.add(pass.plateText());
    add(plates, row.getString("plate_now"));
    boolean plate =
        correction.kind() == CorrectionKind.PLATE || correction.kind() == CorrectionKind.VISIT_JOIN;
    add(plates, plate ? correction.to() : null);
    Set<String> sites = new LinkedHashSet<>(texts(row, "sites"));
    sites.add(pass.place().site());
    add(sites, row.getString("site_now"));
    add(sites, correction.site());
    return new RecordedPass(
        pass,
        alert == null ? null : ToldReading.alert(json(alert), pass),
        access == null ? null : ToldReading.access(json(access), pass),
        texts(row, "held_by"),
        neighbours(handle, plates, sites, pass.passId()));
  }

  private static void add(Set<String> texts, @Nullable String text) {
    if (text != null) {
      texts.add(text);
    }
  }

  /** Hidden plates have no look. */
  private static List<PassAtGate> neighbours(
      Handle handle, Set<String> plates, Set<String> sites, String passId) {
    List<String> looks =
        plates.stream()
            .filter(plate -> !plate.isEmpty() && !plate.startsWith("#"))
            .map(ConfusionDistance::fold)
            .distinct()
            .toList();
    if (looks.isEmpty()) {
      return List.of();
    }
    return handle
        .createQuery("SELECT * FROM passes_at_gates(:looks, :sites, :pass)")
        .bindArray("looks", String.class, looks)
        .bindArray("sites", String.class, List.copyOf(sites))
        .bind("pass", passId)
        .map((row, context) -> atGate(row))
        .list();
  }

  private static PassAtGate atGate(ResultSet row) throws SQLException {
    return new PassAtGate(
        row.getString("pass_key"),
        new Place(
            row.getString("camera_id"),
            row.getString("location"),
            GateType.valueOf(row.getString("gate").toUpperCase(Locale.ROOT)),
            PostgresTimezone.zone(row.getString("timezone")),
            row.getString("site")),
        row.getString("plate_text"),
        row.getTimestamp("at").toInstant(),
        row.getString("vehicle_class"),
        row.getBoolean("listed"));
  }

  private static Correction correction(ResultSet row) throws SQLException {
    String gate = row.getString("gate");
    return new Correction(
        row.getString("correction_id"),
        CorrectionKind.of(row.getString("kind")),
        row.getString("pass_key"),
        row.getString("from_value"),
        row.getString("to_value"),
        gate == null ? null : GateType.valueOf(gate.toUpperCase(Locale.ROOT)),
        row.getString("site"),
        row.getString("entry_pass_key"),
        instant(row, "ended_at"),
        row.getString("reason"),
        row.getTimestamp("changed_at").toInstant(),
        row.getString("changed_by"),
        row.getBoolean("removed"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    List<String> texts = new ArrayList<>();
    for (Object text : (Object[]) row.getArray(column).getArray()) {
      texts.add(String.valueOf(text));
    }
    return texts;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new ClientException("Postgres gave JSON that cannot be read: " + text, e);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
