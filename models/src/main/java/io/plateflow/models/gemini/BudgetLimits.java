package io.plateflow.models.gemini;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What may be spent on one API key, by everything that uses it together. Days end at midnight
 * Pacific time, as those of the API do.
 *
 * @param requestsPerMinute in any 60 seconds, 1 to 100,000
 * @param tokensPerMinute input and output together, 1,000 to 1,000,000,000
 * @param requestsPerDay 1 to 100,000,000
 * @param dollarsPerDay 0.001 to 1,000,000
 * @param dollarsPerMillionInput price of a million input tokens, 0 to 1,000
 * @param dollarsPerMillionOutput price of a million output tokens, thoughts among them, 0 to 1,000
 */
public record BudgetLimits(
    int requestsPerMinute,
    long tokensPerMinute,
    int requestsPerDay,
    double dollarsPerDay,
    double dollarsPerMillionInput,
    double dollarsPerMillionOutput)
    implements Serializable {

  /** The free tier of the small models as it was last published, and five dollars a day. */
  public static final BudgetLimits DEFAULTS = new BudgetLimits(30, 1_000_000, 1_500, 5, 0.30, 2.50);

  private static final double MICRO = 1e6;

  public BudgetLimits {
    List<String> problems = new ArrayList<>();
    range(problems, "requests-per-minute", requestsPerMinute, 1, 100_000);
    range(problems, "tokens-per-minute", tokensPerMinute, 1_000, 1_000_000_000);
    range(problems, "requests-per-day", requestsPerDay, 1, 100_000_000);
    range(problems, "dollars-per-day", dollarsPerDay, 0.001, 1_000_000);
    range(problems, "dollars-per-million-input", dollarsPerMillionInput, 0, 1_000);
    range(problems, "dollars-per-million-output", dollarsPerMillionOutput, 0, 1_000);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("Gemini budget: " + String.join("; ", problems));
    }
  }

  private static void range(
      List<String> problems, String key, double value, double lowest, double highest) {
    if (!(value >= lowest && value <= highest)) {
      problems.add("%s: found %s, expected %s..%s".formatted(key, value, lowest, highest));
    }
  }

  /** Price of a request in millionths of a dollar, rounded up. */
  long microDollars(long inputTokens, long outputTokens) {
    return (long)
        Math.ceil(
            (inputTokens * dollarsPerMillionInput + outputTokens * dollarsPerMillionOutput) - 1e-9);
  }

  long microDollarsPerDay() {
    return (long) (dollarsPerDay * MICRO);
  }
}
