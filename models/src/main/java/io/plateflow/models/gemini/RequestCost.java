package io.plateflow.models.gemini;

/**
 * What a request may cost at most, before it is sent.
 *
 * @param inputTokens of the instructions, the schema and the crops
 * @param outputTokens that the answer is limited to
 */
record RequestCost(long inputTokens, int outputTokens) {

  /** Instructions and schema; about 700 are counted by the API. */
  private static final int FIXED_INPUT = 1_000;

  /** A picture at low resolution is 64 tokens, or 280 from Gemini 3 on; and its label. */
  private static final int INPUT_PER_CROP = 300;

  /** Room for a few thoughts, which count as output. */
  private static final int FIXED_OUTPUT = 512;

  /** Nine short fields as JSON are about 110. */
  private static final int OUTPUT_PER_CROP = 200;

  static RequestCost of(int crops) {
    return new RequestCost(
        FIXED_INPUT + (long) INPUT_PER_CROP * crops, FIXED_OUTPUT + OUTPUT_PER_CROP * crops);
  }

  long tokens() {
    return inputTokens + outputTokens;
  }

  long microDollars(BudgetConfig limits) {
    return limits.microDollars(inputTokens, outputTokens);
  }
}
