package io.plateflow.models.gemini;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Buckets in the memory of this process: full again when it starts. */
public final class LocalBuckets implements BucketSource {

  private final TimeMeter clock;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  public LocalBuckets() {
    this(TimeMeter.SYSTEM_MILLISECONDS);
  }

  LocalBuckets(TimeMeter clock) {
    this.clock = clock;
  }

  /** A budget for one process alone. */
  public static RequestBudget budget(GeminiConfig config) {
    String keyId = config.endpoint().key() == null ? "none" : config.endpoint().key().id();
    return new BucketBudget(new LocalBuckets(), keyId, config.limits(), BudgetTiming.DEFAULT);
  }

  @Override
  public Bucket bucket(String name, BucketConfiguration configuration) {
    return buckets.computeIfAbsent(
        name,
        absent -> {
          var builder = Bucket.builder().withCustomTimePrecision(clock);
          for (var limit : configuration.getBandwidths()) {
            builder.addLimit(limit);
          }
          return builder.build();
        });
  }

  @Override
  public Instant now() {
    long nanos = clock.currentTimeNanos();
    return Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
  }
}
