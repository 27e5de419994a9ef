package io.plateflow.jobs.rules;

import io.plateflow.schemas.rules.RuleTrigger;
import java.util.HashMap;
import java.util.Map;

/** Trouble that goes on. A Flink POJO: kept in keyed state, small. */
public final class Outage {

  public RuleTrigger trigger = RuleTrigger.CAMERA_DOWN;

  /** Empty where it is about no camera. */
  public String cameraId = "";

  /** Epoch milliseconds of the wall clock. */
  public long since;

  public String detail = "";

  /** What was told, by rule. */
  public Map<String, RuleVerdict> met = new HashMap<>();

  /** For Flink. */
  public Outage() {}
}
