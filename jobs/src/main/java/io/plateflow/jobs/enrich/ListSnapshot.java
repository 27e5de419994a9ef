package io.plateflow.jobs.enrich;

import io.plateflow.schemas.status.PlateStatus;
import java.io.Serializable;
import java.util.List;

/**
 * Loads the access list when an operator starts, so that the first pass already meets it, however
 * fast the cameras are.
 */
@FunctionalInterface
public interface ListSnapshot extends Serializable {
  List<PlateStatus> load();
}
