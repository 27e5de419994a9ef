package io.plateflow.api.recognition;

import io.plateflow.api.access.Client;
import io.plateflow.api.http.Refusal;
import io.plateflow.clients.postgres.PostgresPool;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The tables {@code uploads} and {@code api_usage}. */
final class UploadTables {

  /** The job may have been away so long; the reads that it has not seen are gone by then. */
  private static final Duration INTERRUPTED_AFTER = Duration.ofDays(2);

  private final PostgresPool postgres;

  UploadTables(PostgresPool postgres) {
    this.postgres = postgres;
  }

  /**
   * What was reserved for an upload.
   *
   * @param sessionIds no other session gets them
   */
  record Reservation(long id, List<Long> sessionIds) {}

  /**
   * A row that is gone.
   *
   * @param storedPath null where no picture was kept
   * @param sessions that it had
   */
  record Removed(@Nullable String storedPath, int sessions) {}

  Reservation reserve(int sessions) {
    return postgres.call(
        handle -> {
          long id =
              handle
                  .createQuery("SELECT nextval(pg_get_serial_sequence('uploads', 'id'))")
                  .mapTo(Long.class)
                  .one();
          List<Long> ids =
              handle
                  .createQuery("SELECT reserve_session_id() FROM generate_series(1, :n)")
                  .bind("n", sessions)
                  .mapTo(Long.class)
                  .list();
          return new Reservation(id, ids);
        });
  }

  /**
   * Writes the row and counts the call.
   *
   * @return what the client has used in this month
   */
  Usage begin(
      Reservation reserved,
      Upload upload,
      byte[] sha256,
      int width,
      int height,
      @Nullable String storedPath,
      double millis) {
    return postgres.call(
        handle ->
            handle.inTransaction(
                inside -> {
                  inside
                      .createUpdate(
                          """
                          INSERT INTO uploads (id, surface, client, camera_id, filename, sha256,
                            width, height, stored_path, processing_ms, session_ids)
                          OVERRIDING SYSTEM VALUE
                          VALUES (:id, :surface, :client, :camera, :filename, :sha256,
                            :width, :height, :path, :millis, string_to_array(:sessions, ',')::bigint[])
                          """)
                      .bind("id", reserved.id())
                      .bind("surface", upload.surface())
                      .bind("client", upload.client().id())
                      .bind("camera", upload.cameraId())
                      .bind("filename", upload.filename())
                      .bind("sha256", sha256)
                      .bind("width", width)
                      .bind("height", height)
                      .bind("path", storedPath)
                      .bind("millis", millis)
                      .bind(
                          "sessions",
                          reserved.sessionIds().stream()
                              .map(String::valueOf)
                              .collect(Collectors.joining(",")))
                      .execute();
                  return count(inside, upload.client(), 1, upload.credits());
                }));
  }

  void accepted(long id) {
    postgres.call(
        handle -> handle.execute("UPDATE uploads SET accepted_at = now() WHERE id = ?", id));
  }

  /** Takes back what {@link #begin} wrote. */
  void takeBack(long id, Upload upload) {
    postgres.call(
        handle ->
            handle.inTransaction(
                inside ->
                    inside.execute("DELETE FROM uploads WHERE id = ?", id) == 0
                        ? usage(inside, upload.client())
                        : count(inside, upload.client(), -1, -upload.credits())));
  }

  /** Where the picture of an upload is, if it is kept. */
  Optional<String> storedPath(long id) {
    return postgres.call(
        handle ->
            handle
                .createQuery("SELECT stored_path FROM uploads WHERE id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .findOne());
  }

  Usage usage(Client client) {
    return postgres.call(handle -> usage(handle, client));
  }

  private static Usage usage(Handle handle, Client client) {
    return handle
        .createQuery(
            "SELECT calls, credits FROM api_usage WHERE client = :client AND month = :month")
        .bind("client", client.id())
        .bind("month", month())
        .map((row, context) -> new Usage(row.getLong("calls"), row.getLong("credits")))
        .findOne()
        .orElse(new Usage(0, 0));
  }

  /** Counts a picture that is not kept. */
  Usage count(Client client, int credits) {
    return postgres.call(
        handle -> handle.inTransaction(inside -> count(inside, client, 1, credits)));
  }

  /**
   * Counts, in a transaction of the caller's.
   *
   * @throws Refusal where the client had no credits left; requests at once take turns here
   */
  private static Usage count(Handle handle, Client client, int calls, int credits) {
    Usage usage = upsert(handle, client, calls, credits);
    Integer quota = client.monthlyQuota();
    if (quota != null && credits > 0 && usage.credits() > quota) {
      throw UploadService.noCredits(quota);
    }
    return usage;
  }

  private static Usage upsert(Handle handle, Client client, int calls, int credits) {
    return handle
        .createQuery(
            """
            INSERT INTO api_usage AS u (client, month, calls, credits)
            VALUES (:client, :month, :calls, :credits)
            ON CONFLICT (client, month) DO UPDATE SET
              calls = u.calls + EXCLUDED.calls, credits = u.credits + EXCLUDED.credits
            RETURNING calls, credits
            """)
        .bind("client", client.id())
        .bind("month", month())
        .bind("calls", calls)
        .bind("credits", credits)
        .map((row, context) -> new Usage(row.getLong("calls"), row.getLong("credits")))
        .one();
  }

  private static LocalDate month() {
    return LocalDate.now(ZoneOffset.UTC).withDayOfMonth(1);
  }

  /**
   * Deletes rows that were interrupted, and old ones whose passes are gone.
   *
   * @param keep zero keeps old ones for ever
   */
  List<Removed> removeOld(Duration keep) {
    return postgres.call(
        handle ->
            handle
                .createQuery(
                    """
                    DELETE FROM uploads u
                    WHERE (accepted_at IS NULL AND at < now() - :interrupted * interval '1 second'
                           OR :keep > 0 AND at < now() - :keep * interval '1 second')
                      AND NOT EXISTS (
                        SELECT FROM detection_sessions s WHERE s.upload_id = u.id::text)
                    RETURNING stored_path, cardinality(session_ids) AS sessions
                    """)
                .bind("interrupted", INTERRUPTED_AFTER.toSeconds())
                .bind("keep", keep.toSeconds())
                .map(
                    (row, context) ->
                        new Removed(row.getString("stored_path"), row.getInt("sessions")))
                .list());
  }
}
