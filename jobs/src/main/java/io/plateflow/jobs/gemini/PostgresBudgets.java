package io.plateflow.jobs.gemini;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.plateflow.clients.budget.PostgresBuckets;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.models.gemini.BucketBudget;
import io.plateflow.models.gemini.BucketSource;
import io.plateflow.models.gemini.BudgetTiming;
import io.plateflow.models.gemini.GeminiConfig;
import io.plateflow.models.gemini.RequestBudget;
import java.time.Instant;

/** Budgets of Gemini that all jobs on a database share. */
public final class PostgresBudgets {

  private PostgresBudgets() {}

  /** The budget of the configuration's key; the caller closes it. */
  public static RequestBudget open(PostgresConfig postgres, GeminiConfig config) {
    return open(postgres, config, BudgetTiming.DEFAULT);
  }

  static RequestBudget open(PostgresConfig postgres, GeminiConfig config, BudgetTiming timing) {
    String keyId = config.endpoint().key() == null ? "none" : config.endpoint().key().id();
    return new BucketBudget(
        new Source(new PostgresBuckets(postgres)), keyId, config.limits(), timing);
  }

  private record Source(PostgresBuckets buckets) implements BucketSource {
    @Override
    public Bucket bucket(String name, BucketConfiguration configuration) {
      return buckets.bucket(name, configuration);
    }

    @Override
    public Instant now() {
      return buckets.now();
    }

    @Override
    public void close() {
      buckets.close();
    }
  }
}
