package io.plateflow.connectors.camera.reader;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** Remembers the counters by their whole names. */
final class CountedMetrics extends UnregisteredMetricsGroup {

  private final String prefix;
  private final Map<String, Counter> counters;

  CountedMetrics() {
    this("", new ConcurrentHashMap<>());
  }

  private CountedMetrics(String prefix, Map<String, Counter> counters) {
    this.prefix = prefix;
    this.counters = counters;
  }

  long value(String name) {
    return counters.get(name).getCount();
  }

  @Override
  public Counter counter(String name) {
    return counters.computeIfAbsent(prefix + name, key -> new SimpleCounter());
  }

  @Override
  public MetricGroup addGroup(String key, String value) {
    return new CountedMetrics(prefix + key + "." + value + ".", counters);
  }
}
