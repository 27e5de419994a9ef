package io.plateflow.models.gemini;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.soabase.recordbuilder.core.RecordBuilder;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.Serializable;

/**
 * What may be spent on one API key, by everything that uses it together. Days end at midnight
 * Pacific time, as those of the API do.
 *
 * @param requestsPerMinute in any 60 seconds
 * @param tokensPerMinute input and output together
 * @param dollarsPerMillionInput price of a million input tokens
 * @param dollarsPerMillionOutput price of a million output tokens, thoughts among them
 */
@RecordBuilder
public record BudgetConfig(
    @Min(1) @Max(100_000) int requestsPerMinute,
    @Min(1_000) @Max(1_000_000_000) long tokensPerMinute,
    @Min(1) @Max(100_000_000) int requestsPerDay,
    @DecimalMin("0.001") @DecimalMax("1000000") double dollarsPerDay,
    @DecimalMin("0") @DecimalMax("1000") @JsonProperty("dollars-per-million-input-tokens")
        double dollarsPerMillionInput,
    @DecimalMin("0") @DecimalMax("1000") @JsonProperty("dollars-per-million-output-tokens")
        double dollarsPerMillionOutput)
    implements BudgetConfigBuilder.With, Serializable {

  /** The free tier of the small models as it was last published, and five dollars a day. */
  public static final BudgetConfig DEFAULT = new BudgetConfig(30, 1_000_000, 1_500, 5, 0.30, 2.50);

  private static final double MICRO = 1e6;

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
