package io.plateflow.models.gemini;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What a reader has done since it was opened. Thread-safe; the values only grow. */
public final class GeminiCounters {

  private final LongAdder requests = new LongAdder();
  private final LongAdder crops = new LongAdder();
  private final LongAdder inputTokens = new LongAdder();
  private final LongAdder outputTokens = new LongAdder();
  private final LongAdder microDollars = new LongAdder();
  private final LongAdder refusals = new LongAdder();
  private final Map<FailureKind, LongAdder> failures = adders(FailureKind.class);
  private final Map<GeminiAnswer.Outcome, LongAdder> outcomes = adders(GeminiAnswer.Outcome.class);

  private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
    Map<E, LongAdder> adders = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      adders.put(constant, new LongAdder());
    }
    return adders;
  }

  private static <E> LongAdder adder(Map<E, LongAdder> adders, E constant) {
    return Objects.requireNonNull(adders.get(constant), "each constant has one");
  }

  /** Requests sent, repeated ones each time. */
  public long requests() {
    return requests.sum();
  }

  /** Crops in those requests, repeated ones each time. */
  public long crops() {
    return crops.sum();
  }

  /** As the API counted them. */
  public long inputTokens() {
    return inputTokens.sum();
  }

  /** As the API counted them, thoughts among them. */
  public long outputTokens() {
    return outputTokens.sum();
  }

  /** The tokens at the configured prices, in millionths of a dollar. */
  public long microDollars() {
    return microDollars.sum();
  }

  /** How often the budget did not allow a request. */
  public long budgetRefusals() {
    return refusals.sum();
  }

  /** Failed requests, or items, of a kind; {@link FailureKind#THROTTLED} are the 429s. */
  public long failures(FailureKind kind) {
    return adder(failures, kind).sum();
  }

  /** Crops that ended so. */
  public long outcomes(GeminiAnswer.Outcome outcome) {
    return adder(outcomes, outcome).sum();
  }

  void sent(int cropsSent) {
    requests.increment();
    crops.add(cropsSent);
  }

  void spent(long input, long output, long price) {
    inputTokens.add(input);
    outputTokens.add(output);
    microDollars.add(price);
  }

  void refused() {
    refusals.increment();
  }

  void failed(FailureKind kind) {
    adder(failures, kind).increment();
  }

  void ended(GeminiAnswer.Outcome outcome) {
    adder(outcomes, outcome).increment();
  }

  @Override
  public String toString() {
    return "requests=%d crops=%d outcomes=%s failures=%s inputTokens=%d outputTokens=%d microDollars=%d budgetRefusals=%d"
        .formatted(
            requests(),
            crops(),
            outcomes,
            failures,
            inputTokens(),
            outputTokens(),
            microDollars(),
            budgetRefusals());
  }
}
