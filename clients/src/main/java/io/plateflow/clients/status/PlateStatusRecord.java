package io.plateflow.clients.status;

import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.status.PlateStatus;

/**
 * One record of the access-list topic: an entry, or its rejection. Exactly one of the two is
 * set. @param status or null @param rejected or null; names topic, partition and offset
 */
public record PlateStatusRecord(PlateStatus status, RejectedRecord rejected) {

  public PlateStatusRecord {
    if ((status == null) == (rejected == null)) {
      throw new IllegalArgumentException(
          "Plate-status record: found %s and %s, expected exactly one".formatted(status, rejected));
    }
  }

  public static PlateStatusRecord of(PlateStatus status) {
    return new PlateStatusRecord(status, null);
  }

  public static PlateStatusRecord of(RejectedRecord rejected) {
    return new PlateStatusRecord(null, rejected);
  }
}
