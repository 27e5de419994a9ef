package io.plateflow.schemas.parking;

import org.jspecify.annotations.Nullable;

/**
 * What is now known of a visit: how it stands, or that there is no such visit.
 *
 * @param plate by which the visit is known while it has no row, for messages
 * @param visit null where there is none: its first pass turned out to belong to another visit, or
 *     to show another plate
 */
public record VisitUpdate(String visitId, String plate, @Nullable ParkingVisit visit) {

  public static VisitUpdate of(ParkingVisit visit) {
    return new VisitUpdate(visit.visitId(), visit.plate(), visit);
  }

  public static VisitUpdate removed(String visitId, String plate) {
    return new VisitUpdate(visitId, plate, null);
  }
}
