package io.plateflow.jobs.corrections;

import io.plateflow.clients.corrections.CorrectionArchive;
import java.io.Serializable;

/** Opens the archive of corrections where an operator needs it. */
@FunctionalInterface
public interface CorrectionArchives extends Serializable {
  CorrectionArchive open();
}
