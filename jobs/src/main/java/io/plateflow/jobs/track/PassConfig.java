package io.plateflow.jobs.track;

import io.plateflow.jobs.pass.AccessConfig;
import io.plateflow.jobs.pass.AlertConfig;
import io.plateflow.jobs.reading.ReadingConfig;
import java.io.Serializable;

/** The sections that decide what becomes a pass, and when it is told. */
public record PassConfig(
    TrackingConfig tracking, ReadingConfig reading, AlertConfig alerts, AccessConfig access)
    implements Serializable {

  public static final PassConfig DEFAULT =
      new PassConfig(
          TrackingConfig.DEFAULT, ReadingConfig.DEFAULT, AlertConfig.DEFAULT, AccessConfig.DEFAULT);
}
