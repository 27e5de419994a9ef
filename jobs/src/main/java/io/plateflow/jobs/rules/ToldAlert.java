package io.plateflow.jobs.rules;

import io.plateflow.schemas.pass.Alert;
import java.util.HashMap;
import java.util.Map;

/** What was told of a rule and what it is met by. A Flink POJO: kept in keyed state. */
public final class ToldAlert {

  public int revision;
  public Alert.State state = Alert.State.PROVISIONAL;

  /** As told last. */
  public String plate = "";

  /**
   * Those by which it is met now, by key of the stream that judged: more than one while one goes.
   */
  public Map<String, RuleVerdict> met = new HashMap<>();

  /** Epoch milliseconds in the time of the cameras; 0 while it goes on. */
  public long forgetAt;

  /** For Flink. */
  public ToldAlert() {}
}
