package io.plateflow.jobs.enrich;

import io.plateflow.schemas.status.PlateStatus;
import java.io.Serializable;
import java.util.List;

/**
 * The access list as it stands when an operator starts, so that the first pass after a start
 * already meets it, however fast the cameras are.
 */
@FunctionalInterface
public interface PlateStatusSnapshot extends Serializable {
  List<PlateStatus> load();
}
