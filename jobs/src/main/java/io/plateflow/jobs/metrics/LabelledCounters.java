package io.plateflow.jobs.metrics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counters of an operator that differ by labels (camera, reason, ...), registered on first use. Not
 * thread-safe: for the task's thread.
 */
public final class LabelledCounters {

  private final MetricGroup metrics;
  private final Map<List<String>, Counter> counters = new HashMap<>();

  public LabelledCounters(MetricGroup metrics) {
    this.metrics = metrics;
  }

  /**
   * @param labels each name followed by its value
   */
  public Counter of(String name, String... labels) {
    String[] key = Arrays.copyOf(labels, labels.length + 1);
    key[labels.length] = name;
    return counters.computeIfAbsent(Arrays.asList(key), k -> register(name, labels));
  }

  private Counter register(String name, String... labels) {
    MetricGroup group = metrics;
    for (int i = 0; i < labels.length; i += 2) {
      group = group.addGroup(labels[i], labels[i + 1]);
    }
    return group.counter(name);
  }
}
