package io.plateflow.schemas.rules;

import io.plateflow.schemas.lists.ListIds;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of what is known of a site. An older version never wins over a newer one.
 *
 * @param siteId the name by which cameras know it
 * @param name for people, or null
 * @param capacity vehicles that it has room for; null: unknown
 * @param limit how long a vehicle may stay, such as {@code 2h}; null: for ever
 * @param grace how much longer nobody minds, such as {@code 10m}; null: not at all
 * @param version grows with every change of this site
 * @param changedBy who changed it, or null
 * @param removed nothing is known of it any more
 */
public record Site(
    String siteId,
    @Nullable String name,
    @Nullable Integer capacity,
    @Nullable String limit,
    @Nullable String grace,
    long version,
    Instant changedAt,
    @Nullable String changedBy,
    boolean removed) {

  private static final int LONGEST_NAME = 200;
  private static final int LARGEST = 1_000_000;
  private static final Duration LONGEST = Duration.ofDays(365);

  public Site {
    ListIds.requireText("site_id", siteId, LONGEST_NAME);
    ListIds.requireText("name", name, LONGEST_NAME);
    ListIds.requireText("changed_by", changedBy, LONGEST_NAME);
    if (siteId.isBlank()) {
      throw new IllegalArgumentException("site_id: found nothing, expected a name");
    }
    if (capacity != null && (capacity < 1 || capacity > LARGEST)) {
      throw new IllegalArgumentException(
          "capacity: found %d, expected 1 to %d".formatted(capacity, LARGEST));
    }
    Spans.require("limit", limit, LONGEST);
    Spans.require("grace", grace, LONGEST);
    if (grace != null && limit == null) {
      throw new IllegalArgumentException(
          "grace: found %s, expected a limit with it".formatted(grace));
    }
  }

  /** {@link #limit}, or null. */
  public @Nullable Duration longestStay() {
    return limit == null ? null : Spans.parse("limit", limit);
  }

  /** {@link #grace}; zero for none. */
  public Duration gracePeriod() {
    return grace == null ? Duration.ZERO : Spans.parse("grace", grace);
  }
}
