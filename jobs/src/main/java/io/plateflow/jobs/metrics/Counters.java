package io.plateflow.jobs.metrics;

/** Names of the accumulators that a finished job reports. */
public final class Counters {
  public static final String FRAMES = "frames";
  public static final String PASSES = "passes";
  public static final String PLATES = "plates";
  public static final String ALERTS = "alerts";
  public static final String REJECTED = "rejected";

  private Counters() {}
}
