package io.plateflow.jobs.rules;

import java.util.HashMap;
import java.util.Map;

/** How full a site is. A Flink POJO: kept in keyed state, small. */
public final class SiteFill {

  public int vehicles;

  /** What goes on, by rule. */
  public Map<String, RuleVerdict> met = new HashMap<>();

  /** For Flink. */
  public SiteFill() {}
}
