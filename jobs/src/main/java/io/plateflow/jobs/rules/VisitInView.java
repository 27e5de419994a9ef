package io.plateflow.jobs.rules;

import io.plateflow.schemas.parking.GateEvent;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A visit that is on site, or has just ended. A Flink POJO: kept in keyed state, small. */
public final class VisitInView {

  public @Nullable GateEvent entry;
  public @Nullable String vehicleClass;
  public boolean open;

  /** What was told, by rule. */
  public Map<String, RuleVerdict> met = new HashMap<>();

  /** Epoch milliseconds of the timer that is set; 0 for none. */
  public long timer;

  /** For Flink. */
  public VisitInView() {}
}
