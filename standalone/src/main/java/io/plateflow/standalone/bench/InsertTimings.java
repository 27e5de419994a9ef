package io.plateflow.standalone.bench;

import java.io.PrintStream;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast the job's own way of writing passes is on filled tables, whole and without one of its
 * parts, with one writer and its batches of 200. The passes are taken out again.
 */
final class InsertTimings {

  private static final int BATCH = 200;

  private static final String BATCHES =
      """
      SELECT jsonb_build_object(
          'pass_key', 'sample-%1$s-' || i, 'camera_id', 'sample-' || i %% 20,
          'location', 'Sample ' || i %% 20, 'location_type', 'Entry', 'timezone', 'Asia/Jakarta',
          'site', 'sample', 'gate', 'entry', 'timestamp', now() + i * interval '0.3 seconds',
          'first_seen', now(), 'last_seen', now(), 'frames', 30, 'direction', 'towards',
          'image_resolution', '1920x1080', 'processing_time', 0.04,
          'detection_type', 'vehicle_with_plate', 'pairing_method', 'containment',
          'pairing_confidence', 0.9, 'pairing_ambiguous', false,
          'vehicle', jsonb_build_object('vehicle_class', 'car',
              'vehicle_bounding_box', '[1, 2, 3, 4]'::jsonb, 'vehicle_confidence_score', 0.9),
          'plate', jsonb_build_object('plate_text', p.text, 'plate_number', p.text,
              'plate_bounding_box', '[1, 2, 3, 4]'::jsonb, 'plate_confidence_score', 0.9,
              'ocr_confidence', 0.9, 'reads', 3, 'agreeing_reads', 3, 'reader', 'local',
              'plate_type', 'private', 'plate_region_code', 'B', 'plate_status', 'unclassified',
              'plate_reads', (SELECT jsonb_agg(jsonb_build_object(
                      'captured_at', now() + looks * interval '1 second', 'reader', 'local', 'text', p.text, 'score', 0.8,
                      'character_scores', '[0.9, 0.9, 0.8, 0.7, 0.9, 0.9, 0.9]'::jsonb,
                      'agrees', true)) FROM generate_series(1, 3) AS looks)))::text,
          'sample-%1$s-' || i
        FROM generate_series(1, %2$d) AS i
       CROSS JOIN LATERAL (
             SELECT p.plate_text AS text FROM plates p
              WHERE p.session_id = 1 + (i * 7919::bigint) %% %3$d
             ) AS p
      """;

  private final PrintStream out;
  private final Connection connection;
  private final long there;

  /**
   * @param there passes of {@link TablesFill}, whose plates come again
   */
  InsertTimings(PrintStream out, Connection connection, long there) {
    this.out = out;
    this.connection = connection;
    this.there = there;
  }

  void run(int passes) throws SQLException {
    measure("whole", passes);
    without("refresh_pass_statistics", "without statistics", passes);
    without("record_plate_reads", "without reads and search", passes);
    execute(
        "DELETE FROM detection_sessions WHERE camera_id IN (SELECT 'sample-' || i FROM"
            + " generate_series(0, 19) i)");
    execute("DELETE FROM locations WHERE name LIKE 'Sample %'");
  }

  /** Puts a function that does nothing in the place of one, for the time of the measurement. */
  private void without(String function, String what, int passes) throws SQLException {
    String whole = one("SELECT pg_get_functiondef('%s'::regproc)".formatted(function));
    String head = whole.substring(0, whole.indexOf(" RETURNS "));
    execute(head + " RETURNS void LANGUAGE plpgsql AS $$ BEGIN END $$");
    try {
      measure(what, passes);
    } finally {
      execute(whole);
    }
  }

  private void measure(String what, int passes) throws SQLException {
    List<String> elements = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(BATCHES.formatted(what.replace(' ', '-'), passes, there))) {
      while (rows.next()) {
        elements.add(rows.getString(1));
        keys.add(rows.getString(2));
      }
    }
    long begun = System.nanoTime();
    try (PreparedStatement write =
        connection.prepareStatement("SELECT write_rows('record_passes', 'pass', ?, ?, ?)")) {
      for (int from = 0; from < elements.size(); from += BATCH) {
        int to = Math.min(elements.size(), from + BATCH);
        Array batchKeys = text(keys.subList(from, to));
        write.setArray(1, batchKeys);
        write.setArray(2, batchKeys);
        write.setArray(3, text(elements.subList(from, to)));
        write.execute();
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    long written =
        Long.parseLong(
            one(
                "SELECT count(*) FROM detection_sessions WHERE pass_key LIKE 'sample-%s-%%' AND"
                        .formatted(what.replace(' ', '-'))
                    + " camera_id IN (SELECT 'sample-' || i FROM generate_series(0, 19) i)"));
    if (written != elements.size()) {
      throw new IllegalStateException(
          "Sample: found %d passes, expected %d; rejected_rows says why"
              .formatted(written, elements.size()));
    }
    out.printf(
        "%-26s %,7d passes in %5.1f s: %,6.0f a second%n",
        what, written, seconds, written / seconds);
  }

  private Array text(List<String> values) throws SQLException {
    return connection.createArrayOf("text", values.toArray());
  }

  private String one(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private void execute(String command) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }
}
