package io.plateflow.clients.search;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which passes count, by what the tables say of them; each null where it does not matter.
 *
 * @param from earliest time of the pass
 * @param to that time is before it
 * @param plateStatus {@code whitelist}, {@code blacklist} or {@code unclassified}
 * @param reads whether passes count of which only a single look or another reader says so
 */
@RecordBuilder
public record SearchFilter(
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String cameraId,
    @Nullable String location,
    @Nullable String site,
    @Nullable String vehicleClass,
    @Nullable String plateType,
    @Nullable String plateStatus,
    boolean reads)
    implements SearchFilterBuilder.With {

  public static final SearchFilter NONE =
      new SearchFilter(null, null, null, null, null, null, null, null, true);

  /**
   * @throws IllegalArgumentException where nothing can be within the time
   */
  public SearchFilter {
    if (from != null && to != null && !from.isBefore(to)) {
      throw new IllegalArgumentException(
          "Search time: found from %s to %s, expected a later end".formatted(from, to));
    }
  }
}
