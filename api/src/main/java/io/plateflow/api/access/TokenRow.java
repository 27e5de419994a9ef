package io.plateflow.api.access;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token without its secret.
 *
 * @param owner name of the user that it goes with
 * @param lastFour its end
 * @param rate pictures a second; null for what all have
 * @param monthlyQuota recognitions a month; null for any number
 * @param calls recognitions in this month (UTC)
 * @param credits what they cost
 */
public record TokenRow(
    long id,
    String name,
    String owner,
    String lastFour,
    Set<Right> rights,
    @Nullable Integer rate,
    @Nullable Integer monthlyQuota,
    Instant createdAt,
    long calls,
    long credits) {

  public TokenRow {
    rights = Set.copyOf(rights);
  }
}
