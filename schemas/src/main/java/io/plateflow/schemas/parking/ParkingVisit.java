package io.plateflow.schemas.parking;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One stay of one vehicle at one site.
 *
 * @param visitId derived from the plate's look-alike class and the visit's first pass: the same in
 *     every replay
 * @param site the car park
 * @param entry null where it was missed
 * @param exit null where it was missed or has not happened yet
 * @param endedAt when it was over: the exit; for a missed exit the next entry, the end of the
 *     longest stay or what people said; null while open
 * @param vehicleClass as seen at the entry, else at the exit; null for plates without vehicles
 * @param matchDistance confusion-weighted distance between the reads at entry and exit; 0 where
 *     they are the same or there is one only
 * @param corrected how people shaped it: {@code join}, {@code split}, {@code close}, several with
 *     commas between them; or null
 */
public record ParkingVisit(
    String visitId,
    String site,
    VisitState state,
    @Nullable GateEvent entry,
    @Nullable GateEvent exit,
    @Nullable Instant endedAt,
    @Nullable String vehicleClass,
    double matchDistance,
    @Nullable String corrected) {

  public ParkingVisit {
    if (entry == null && exit == null) {
      throw new IllegalArgumentException(
          "Visit %s: found neither entry nor exit, expected one".formatted(visitId));
    }
  }

  /** The plate as read at the entry, else at the exit. */
  public String plate() {
    return first().plate();
  }

  /** The entry, or the exit where the entry was missed. */
  public GateEvent first() {
    return entry != null ? entry : Objects.requireNonNull(exit, "neither entry nor exit");
  }

  /** Time between entry and exit; null where one of them is missing. */
  public @Nullable Duration dwell() {
    return entry == null || exit == null ? null : Duration.between(entry.at(), exit.at());
  }
}
