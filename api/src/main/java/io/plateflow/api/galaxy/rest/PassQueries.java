package io.plateflow.api.galaxy.rest;

import io.plateflow.clients.postgres.PostgresPool;
import io.plateflow.schemas.plate.PlateText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Passes, from the tables. */
final class PassQueries {

  private static final String PASSES =
      """
      SELECT s.id, s.pass_key, s.camera_id, s.location_id, l.name AS location, l.type AS location_type,
        to_char(s.timestamp AT TIME ZONE l.timezone, 'YYYY-MM-DD HH24:MI:SS') AS at,
        to_char(visit.entry_local, 'YYYY-MM-DD HH24:MI:SS') AS entered,
        to_char(visit.exit_local, 'YYYY-MM-DD HH24:MI:SS') AS "left",
        s.image_resolution, coalesce(u.processing_ms, s.processing_time * 1000) AS millis,
        coalesce(s.original_image_path, s.stored_original_path) AS original_path,
        v.id AS vehicle_id, v.vehicle_idx, v.vehicle_class, v.vehicle_confidence_score,
        v.vehicle_image_path, v.vehicle_bounding_box::text AS vehicle_box,
        p.id AS plate_id, p.plate_idx, coalesce(p.plate_text, '') AS plate_text, p.ocr_confidence,
        p.plate_image_path, p.plate_bounding_box::text AS plate_box, p.plate_type,
        coalesce(listed.type, 'unclassified') AS plate_status, p.plate_text_color,
        p.plate_background_color, p.plate_region_code, p.plate_region, p.reader
      FROM detection_sessions s
      JOIN locations l ON l.id = s.location_id
      -- Other programs have ids of their own for what they send.
      LEFT JOIN uploads u ON u.id = CASE WHEN s.upload_id ~ '^[0-9]{1,18}$' THEN s.upload_id::bigint END
        AND s.id = ANY (u.session_ids)
      LEFT JOIN vehicles v ON v.session_id = s.id AND v.vehicle_idx = 1
      LEFT JOIN plates p ON p.session_id = s.id AND p.plate_idx = 1
      LEFT JOIN plate_status listed ON listed.plate_text = p.plate_text
      LEFT JOIN LATERAL (
        SELECT c.entry_local, c.exit_local FROM parking_sessions c
        WHERE c.entry_pass_key = s.pass_key OR c.exit_pass_key = s.pass_key
        ORDER BY c.entry_time DESC NULLS LAST LIMIT 1) visit ON true
      """;

  private static final String NEWEST_FIRST = " ORDER BY s.timestamp DESC, s.id DESC";

  private final PostgresPool postgres;

  PassQueries(PostgresPool postgres) {
    this.postgres = postgres;
  }

  /**
   * Which passes are meant; null means any.
   *
   * @param plateType as tables have it
   * @param search letters and digits that a text of the plate holds
   */
  record Filter(
      @Nullable String vehicleClass, @Nullable String plateType, @Nullable String search) {

    private String condition(Map<String, Object> values) {
      List<String> all = new ArrayList<>();
      if (search != null) {
        String text = PlateText.normalise(search);
        if (text.isEmpty()) {
          return "false";
        }
        values.put("search", "%" + text + "%");
        all.add(
            "s.id IN (SELECT t.session_id FROM search_plates k"
                + " JOIN search_texts t ON t.text = k.text WHERE k.text LIKE :search)");
      }
      if (vehicleClass != null) {
        values.put("class", vehicleClass);
        all.add(
            "EXISTS (SELECT FROM vehicles f WHERE f.session_id = s.id AND f.vehicle_class = :class)");
      }
      if (plateType != null) {
        values.put("type", plateType);
        all.add(
            "EXISTS (SELECT FROM plates f WHERE f.session_id = s.id AND f.plate_idx = 1"
                + " AND f.plate_type = :type)");
      }
      return all.isEmpty() ? "true" : String.join(" AND ", all);
    }
  }

  /**
   * @param count of all that are meant, not of the page alone
   */
  record Page(List<RestPass> passes, long count) {}

  Page page(Filter filter, long limit, long offset) {
    Map<String, Object> values = new HashMap<>();
    String condition = filter.condition(values);
    return postgres.call(
        handle ->
            new Page(
                handle
                    .createQuery(
                        PASSES
                            // First which, then what: nothing is joined that is not shown.
                            + " WHERE s.id IN (SELECT s.id FROM detection_sessions s WHERE "
                            + condition
                            + NEWEST_FIRST
                            + " LIMIT :limit OFFSET :offset)"
                            + NEWEST_FIRST)
                    .bindMap(values)
                    .bind("limit", limit)
                    .bind("offset", offset)
                    .map((row, context) -> pass(row))
                    .list(),
                handle
                    .createQuery("SELECT count(*) FROM detection_sessions s WHERE " + condition)
                    .bindMap(values)
                    .mapTo(Long.class)
                    .one()));
  }

  Optional<RestPass> ofVehicle(long id) {
    return one("v.id = :id", id);
  }

  Optional<RestPass> ofPlate(long id) {
    return one("p.id = :id", id);
  }

  Optional<RestPass> ofSession(long id) {
    return one("s.id = :id", id);
  }

  private Optional<RestPass> one(String condition, long id) {
    return postgres.call(
        handle ->
            handle
                .createQuery(PASSES + " WHERE " + condition)
                .bind("id", id)
                .map((row, context) -> pass(row))
                .findFirst());
  }

  /**
   * An upload that came later than all passes of cameras.
   *
   * @param sessions that it has, whether their rows are there or not
   * @param fresh whether its rows may be yet to come
   */
  record Newest(
      long upload,
      String at,
      double millis,
      String resolution,
      @Nullable String path,
      List<Long> sessions,
      boolean fresh) {}

  /** The newest upload, where it is newer than all passes of cameras. */
  Optional<Newest> newestUpload() {
    return postgres.call(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT u.id, to_char(u.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') AS at,
                      u.processing_ms, u.width || 'x' || u.height AS resolution, u.stored_path,
                      u.session_ids, u.at > now() - interval '10 seconds' AS fresh
                    FROM uploads u
                    WHERE u.accepted_at IS NOT NULL AND NOT EXISTS (
                      SELECT FROM detection_sessions s
                      WHERE s.timestamp > u.at AND s.upload_id IS NULL)
                    ORDER BY u.at DESC, u.id DESC LIMIT 1
                    """)
                .map(
                    (row, context) ->
                        new Newest(
                            row.getLong("id"),
                            row.getString("at"),
                            row.getDouble("processing_ms"),
                            row.getString("resolution"),
                            row.getString("stored_path"),
                            List.of((Long[]) row.getArray("session_ids").getArray()),
                            row.getBoolean("fresh")))
                .findFirst());
  }

  /** Those of these sessions that have rows, in the order of their ids. */
  List<RestPass> sessions(List<Long> ids) {
    return postgres.call(
        handle ->
            handle
                .createQuery(PASSES + " WHERE s.id = ANY (:ids) ORDER BY s.id")
                .bindArray("ids", Long.class, ids)
                .map((row, context) -> pass(row))
                .list());
  }

  private static RestPass pass(ResultSet row) throws SQLException {
    return new RestPass(
        row.getLong("id"),
        row.getString("pass_key"),
        row.getString("at"),
        row.getString("entered"),
        row.getString("left"),
        row.getString("camera_id"),
        row.getInt("location_id"),
        row.getString("location"),
        row.getString("location_type"),
        row.getString("image_resolution"),
        row.getDouble("millis"),
        row.getString("original_path"),
        row.getObject("vehicle_id") == null
            ? null
            : new RestPass.Vehicle(
                row.getLong("vehicle_id"),
                row.getInt("vehicle_idx"),
                row.getString("vehicle_class"),
                row.getDouble("vehicle_confidence_score"),
                row.getString("vehicle_image_path"),
                row.getString("vehicle_box")),
        row.getObject("plate_id") == null
            ? null
            : new RestPass.Plate(
                row.getLong("plate_id"),
                row.getInt("plate_idx"),
                row.getString("plate_text"),
                row.getDouble("ocr_confidence"),
                row.getString("plate_image_path"),
                row.getString("plate_box"),
                row.getString("plate_type"),
                row.getString("plate_status"),
                row.getString("plate_text_color"),
                row.getString("plate_background_color"),
                row.getString("plate_region_code"),
                row.getString("plate_region"),
                row.getString("reader")));
  }
}
