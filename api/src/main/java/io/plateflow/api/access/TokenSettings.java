package io.plateflow.api.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a token may be changed.
 *
 * @param rate pictures a second, 1..100000; null for what all have
 * @param monthlyQuota recognitions a month, from 0; null for any number
 */
public record TokenSettings(
    String name, Set<Right> rights, @Nullable Integer rate, @Nullable Integer monthlyQuota) {

  private static final int LONGEST_NAME = 100;
  private static final int HIGHEST_RATE = 100_000;

  public TokenSettings {
    rights = Set.copyOf(rights);
  }

  void check() throws AccessException {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw new AccessException(
          "name",
          "found %d characters, expected 1 to %d".formatted(name.strip().length(), LONGEST_NAME));
    }
    if (rights.isEmpty()) {
      throw new AccessException("rights", "found none, expected at least one");
    }
    if (rate != null && (rate < 1 || rate > HIGHEST_RATE)) {
      throw new AccessException("rate", "found %d, expected 1..%d".formatted(rate, HIGHEST_RATE));
    }
    if (monthlyQuota != null && monthlyQuota < 0) {
      throw new AccessException(
          "monthly_quota", "found %d, expected 0 or more".formatted(monthlyQuota));
    }
  }
}
