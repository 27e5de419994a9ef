package io.plateflow.clients.webhooks;

import io.plateflow.clients.postgres.PostgresPool;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables {@code webhooks} and {@code webhook_deliveries}. Thread-safe. */
public final class WebhookOutbox {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookOutbox.class);

  /** With pictures these are gigabytes. */
  static final int MOST_WAITING = 2_000;

  private static final Duration DEAD_ARE_KEPT = Duration.ofDays(7);

  private static final String WEBHOOKS =
      """
      SELECT w.id, w.target, w.image, w.events, w.failing_since, w.last_error,
        (SELECT count(*) FROM webhook_deliveries d WHERE d.webhook_id = w.id AND dead_at IS NULL)
          AS waiting,
        (SELECT count(*) FROM webhook_deliveries d
         WHERE d.webhook_id = w.id AND dead_at IS NOT NULL) AS dead
      FROM webhooks w
      """;

  private final PostgresPool postgres;

  /**
   * @param postgres stays with the caller
   */
  public WebhookOutbox(PostgresPool postgres) {
    this.postgres = postgres;
  }

  /** A target whose turn it is, held by one instance. */
  record Leased(
      long id, String target, String secret, @Nullable String authorization, int failures) {}

  /** What is to be sent first. */
  record Delivery(
      long id, String event, String contentType, byte[] body, int attempts, Instant at) {}

  public List<Webhook> webhooks() {
    return postgres.call(
        handle -> handle.createQuery(WEBHOOKS + "ORDER BY w.id").map((r, c) -> webhook(r)).list());
  }

  public Optional<Webhook> webhook(long id) {
    return postgres.call(
        handle ->
            handle
                .createQuery(WEBHOOKS + "WHERE w.id = :id")
                .bind("id", id)
                .map((r, c) -> webhook(r))
                .findOne());
  }

  /** Those that want an event; without what waits for them. */
  public List<Webhook> subscribers(String event) {
    return postgres.call(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT id, target, image, events, failing_since, last_error,
                      0 AS waiting, 0 AS dead
                    FROM webhooks WHERE :event = ANY (events) ORDER BY id
                    """)
                .bind("event", event)
                .map((r, c) -> webhook(r))
                .list());
  }

  private static Webhook webhook(ResultSet row) throws SQLException {
    OffsetDateTime since = row.getObject("failing_since", OffsetDateTime.class);
    return new Webhook(
        row.getLong("id"),
        row.getString("target"),
        row.getBoolean("image"),
        Arrays.stream((Object[]) row.getArray("events").getArray()).map(String::valueOf).toList(),
        since == null ? null : since.toInstant(),
        row.getString("last_error"),
        row.getLong("waiting"),
        row.getLong("dead"));
  }

  /** Its id. */
  public long add(NewWebhook webhook) {
    return postgres.call(
        handle ->
            handle
                .createQuery(
                    """
                    INSERT INTO webhooks (target, image, events, secret, authorization_value)
                    VALUES (:target, :image, string_to_array(:events, ','), :secret, :authorization)
                    RETURNING id
                    """)
                .bind("target", webhook.target())
                .bind("image", webhook.image())
                .bind("events", String.join(",", webhook.events()))
                .bind("secret", webhook.secret())
                .bind("authorization", webhook.authorization())
                .mapTo(Long.class)
                .one());
  }

  /** With all that waits for it. Whether there was one. */
  public boolean remove(long id) {
    return postgres.call(handle -> handle.execute("DELETE FROM webhooks WHERE id = ?", id)) == 1;
  }

  /**
   * All or none of them are to be sent; but none to a target that is gone, or that {@value
   * #MOST_WAITING} deliveries wait for.
   */
  public void put(List<Message> messages) {
    postgres.call(
        handle ->
            handle.inTransaction(
                inside -> {
                  for (Message each : messages) {
                    int put =
                        inside
                            .createUpdate(
                                """
                            INSERT INTO webhook_deliveries (webhook_id, event, content_type, body)
                            SELECT id, :event, :type, :body FROM webhooks w WHERE id = :webhook
                              AND (SELECT count(*) FROM webhook_deliveries d
                                   WHERE d.webhook_id = w.id AND dead_at IS NULL) < :most
                            FOR KEY SHARE
                            """)
                            .bind("event", each.event())
                            .bind("type", each.contentType())
                            .bind("body", each.body())
                            .bind("webhook", each.webhook())
                            .bind("most", MOST_WAITING)
                            .execute();
                    if (put == 0) {
                      LOG.warn(
                          "Webhook {} is not told: it is gone, or {} deliveries wait for it",
                          each.webhook(),
                          MOST_WAITING);
                    }
                  }
                  return messages.size();
                }));
  }

  /** The next target that something waits for; nobody else gets it before the lease ends. */
  Optional<Leased> lease(Duration duration) {
    return postgres.call(
        handle ->
            handle
                .createQuery(
                    """
                    UPDATE webhooks SET leased_until = now() + :seconds * interval '1 second'
                    WHERE id = (
                      SELECT id FROM webhooks w
                      WHERE next_at <= now() AND (leased_until IS NULL OR leased_until < now())
                        AND EXISTS (
                          SELECT FROM webhook_deliveries d
                          WHERE d.webhook_id = w.id AND dead_at IS NULL)
                      ORDER BY next_at LIMIT 1
                      FOR UPDATE SKIP LOCKED)
                    RETURNING id, target, secret, authorization_value, failures
                    """)
                .bind("seconds", duration.toSeconds())
                .map(
                    (row, context) ->
                        new Leased(
                            row.getLong("id"),
                            row.getString("target"),
                            row.getString("secret"),
                            row.getString("authorization_value"),
                            row.getInt("failures")))
                .findOne());
  }

  /** The oldest that waits for a target. */
  Optional<Delivery> first(long webhook) {
    return postgres.call(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT id, event, content_type, body, attempts, created_at
                    FROM webhook_deliveries WHERE webhook_id = :webhook AND dead_at IS NULL
                    ORDER BY id LIMIT 1
                    """)
                .bind("webhook", webhook)
                .map(
                    (row, context) ->
                        new Delivery(
                            row.getLong("id"),
                            row.getString("event"),
                            row.getString("content_type"),
                            row.getBytes("body"),
                            row.getInt("attempts"),
                            row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .findOne());
  }

  /** The target took it, and may have the next. */
  void delivered(Leased target, Delivery delivery) {
    postgres.call(
        handle ->
            handle.inTransaction(
                inside -> {
                  // The target first, as where it is removed: so nobody waits in a circle.
                  inside.execute(
                      """
                      UPDATE webhooks SET failures = 0, failing_since = NULL, last_error = NULL,
                        next_at = now(), leased_until = NULL
                      WHERE id = ?
                      """,
                      target.id());
                  return inside.execute(
                      "DELETE FROM webhook_deliveries WHERE id = ?", delivery.id());
                }));
  }

  /**
   * The target did not take it.
   *
   * @param dead whether it is given up
   * @param wait before the target is asked again
   */
  void failed(Leased target, Delivery delivery, String error, boolean dead, Duration wait) {
    postgres.call(
        handle ->
            handle.inTransaction(
                inside -> {
                  inside
                      .createUpdate(
                          """
                          UPDATE webhooks SET failures = failures + 1, last_error = :error,
                            failing_since = coalesce(failing_since, now()),
                            next_at = now() + :wait * interval '1 millisecond', leased_until = NULL
                          WHERE id = :id
                          """)
                      .bind("error", error)
                      .bind("wait", wait.toMillis())
                      .bind("id", target.id())
                      .execute();
                  inside
                      .createUpdate(
                          """
                          UPDATE webhook_deliveries SET attempts = attempts + 1, last_error = :error,
                            dead_at = CASE WHEN :dead THEN now() END
                          WHERE id = :id
                          """)
                      .bind("error", error)
                      .bind("dead", dead)
                      .bind("id", delivery.id())
                      .execute();
                  // What is too old to matter must not fill the tables, nor come first afterwards.
                  return inside.execute(
                      """
                      UPDATE webhook_deliveries SET dead_at = now(), last_error = ?, body = ''
                      WHERE webhook_id = ? AND dead_at IS NULL
                        AND created_at < now() - ? * interval '1 second'
                      """,
                      error,
                      target.id(),
                      WebhookSender.MOST_AGE.toSeconds());
                }));
  }

  /** Deletes what was given up long ago. */
  public int removeOld() {
    return postgres.call(
        handle ->
            handle.execute(
                "DELETE FROM webhook_deliveries WHERE dead_at < now() - ? * interval '1 second'",
                DEAD_ARE_KEPT.toSeconds()));
  }
}
