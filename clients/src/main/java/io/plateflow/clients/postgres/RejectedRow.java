package io.plateflow.clients.postgres;

import java.time.Instant;

/**
 * A row of {@code rejected_rows}: what a table refused for its own content.
 *
 * @param kind {@code pass}, {@code plate-status}, {@code parking-visit}
 * @param source camera or plate
 * @param reason which record, and why
 */
public record RejectedRow(long id, String kind, String source, String reason, Instant rejectedAt) {}
