package io.plateflow.standalone.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.plateflow.clients.postgres.PostgresConfig;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads every table: one row per key, all columns but those that say when or in which order. */
final class Tables {

  /** Key and content of the rows. A key begins with the camera or the location. */
  private static final Map<String, String> QUERIES = new LinkedHashMap<>();

  /** Tables that hold nothing of what cameras see. */
  private static final Set<String> NOT_COMPARED = Set.of("flyway_schema_history", "gemini_budgets");

  static {
    QUERIES.put(
        "locations",
        "SELECT name || '/' || type, to_jsonb(t) - '{id,timestamp}'::text[] FROM locations t");
    QUERIES.put(
        "detection_sessions",
        """
        SELECT t.pass_key,
               to_jsonb(t) - '{id,location_id,processing_time}'::text[]
                 || jsonb_build_object('location', l.name, 'location_type', l.type)
          FROM detection_sessions t JOIN locations l ON l.id = t.location_id
        """);
    QUERIES.put(
        "vehicles",
        """
        SELECT s.pass_key || '#' || t.vehicle_idx, to_jsonb(t) - '{id,session_id}'::text[]
          FROM vehicles t JOIN detection_sessions s ON s.id = t.session_id
        """);
    QUERIES.put(
        "plates",
        """
        SELECT s.pass_key || '#' || t.plate_idx,
               to_jsonb(t) - '{id,session_id,vehicle_id}'::text[]
                 || jsonb_build_object('vehicle_idx', v.vehicle_idx)
          FROM plates t
          JOIN detection_sessions s ON s.id = t.session_id
          LEFT JOIN vehicles v ON v.id = t.vehicle_id
        """);
    QUERIES.put(
        "plate_reads",
        """
        SELECT s.pass_key || '#' || t.number, to_jsonb(t) - '{session_id}'::text[]
          FROM plate_reads t JOIN detection_sessions s ON s.id = t.session_id
        """);
    QUERIES.put(
        "search_texts",
        """
        SELECT s.pass_key || '#' || t.text,
               to_jsonb(t) - '{session_id,location_id}'::text[]
                 || jsonb_build_object('location', l.name, 'location_type', l.type)
          FROM search_texts t
          JOIN detection_sessions s ON s.id = t.session_id
          JOIN locations l ON l.id = t.location_id
        """);
    QUERIES.put("search_plates", "SELECT text, to_jsonb(t) FROM search_plates t");
    QUERIES.put(
        "plate_status",
        "SELECT plate_text, to_jsonb(t) - '{id,timestamp,changed_at}'::text[] FROM plate_status t");
    QUERIES.put(
        "plate_status_removals", "SELECT plate_text, to_jsonb(t) FROM plate_status_removals t");
    QUERIES.put(
        "access_lists",
        "SELECT list_id, to_jsonb(t) - '{timestamp,changed_at}'::text[] FROM access_lists t");
    QUERIES.put(
        "access_list_entries",
        "SELECT entry_id, to_jsonb(t) - '{timestamp,changed_at}'::text[]"
            + " FROM access_list_entries t");
    QUERIES.put(
        "corrections",
        "SELECT correction_id, to_jsonb(t) - '{timestamp,applied_at}'::text[] FROM corrections t");
    QUERIES.put(
        "rules", "SELECT rule_id, to_jsonb(t) - '{timestamp,changed_at}'::text[] FROM rules t");
    QUERIES.put(
        "sites", "SELECT site_id, to_jsonb(t) - '{timestamp,changed_at}'::text[] FROM sites t");
    QUERIES.put(
        "alerts", "SELECT alert_id, to_jsonb(t) - '{emitted_at,raised_at}'::text[] FROM alerts t");
    // How sure the reads were depends on which of them brought the picture along.
    QUERIES.put(
        "access_events",
        """
        SELECT access_id,
               to_jsonb(t) - '{emitted_at,told_at,captured_at,score,reads,vehicle_class}'::text[]
          FROM access_events t
        """);
    QUERIES.put(
        "rejected_rows",
        "SELECT digest, to_jsonb(t) - '{id,rejected_at,relayed_at}'::text[] FROM rejected_rows t");
    QUERIES.put("camera_retention", "SELECT camera_id, to_jsonb(t) FROM camera_retention t");
    QUERIES.put("parking_sessions", "SELECT visit_id, to_jsonb(t) FROM parking_sessions t");
    QUERIES.put("pass_statistics_hourly", statistics("pass_statistics_hourly", "bucket_start"));
    QUERIES.put("pass_statistics_daily", statistics("pass_statistics_daily", "day"));
  }

  private Tables() {}

  private static String statistics(String table, String time) {
    return """
    SELECT concat_ws('|', l.name, l.type, t.%s, vehicle_class, plate_type, region_code, status),
           to_jsonb(t) - '{location_id}'::text[]
      FROM %s t JOIN locations l ON l.id = t.location_id
    """
        .formatted(time, table);
  }

  /**
   * Adds all tables to the outcome.
   *
   * @param evidence where the pictures of this run are: left out of the paths to them
   */
  static void read(PostgresConfig place, String evidence, Outcome into)
      throws SQLException, IOException {
    ObjectMapper json = new ObjectMapper();
    try (Connection connection =
            DriverManager.getConnection(place.jdbcUrl(), place.user(), place.password());
        Statement statement = connection.createStatement()) {
      for (Map.Entry<String, String> query : queries(statement).entrySet()) {
        // So that a table without a row is seen to have been compared.
        into.parts().computeIfAbsent(query.getKey(), t -> new TreeMap<>());
        try (ResultSet rows = statement.executeQuery(query.getValue())) {
          while (rows.next()) {
            into.put(
                query.getKey(),
                rows.getString(1),
                json.readTree(rows.getString(2).replace(evidence, "")));
          }
        }
      }
    }
  }

  /** Tables of which nothing is known here are compared as they are, so that none stays out. */
  private static Map<String, String> queries(Statement statement) throws SQLException {
    Map<String, String> queries = new TreeMap<>(QUERIES);
    try (ResultSet tables =
        statement.executeQuery("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
      while (tables.next()) {
        String table = tables.getString(1);
        if (!NOT_COMPARED.contains(table)) {
          queries.putIfAbsent(table, "SELECT t::text, to_jsonb(t) FROM %s t".formatted(table));
        }
      }
    }
    return queries;
  }
}
