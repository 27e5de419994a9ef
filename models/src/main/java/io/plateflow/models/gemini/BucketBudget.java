package io.plateflow.models.gemini;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketExceptions;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The limits of one key as Bucket4j buckets: two that are refilled for the limits per minute, and
 * two for each day that are not.
 */
public final class BucketBudget implements RequestBudget {

  /** The API counts its days by this clock. */
  static final ZoneId DAYS = ZoneId.of("America/Los_Angeles");

  /** More than may lie between this clock's midnight and a request on the other side of it. */
  private static final Duration DAY_MARGIN = Duration.ofMinutes(1);

  /** A bucket must be refilled some day; one of a date is forgotten long before. */
  private static final Duration NEVER = Duration.ofDays(3650);

  private static final Logger LOG = LoggerFactory.getLogger(BucketBudget.class);

  private final BucketSource source;
  private final String keyId;
  private final BudgetTiming timing;
  private final BucketConfiguration requestsPerMinute;
  private final BucketConfiguration tokensPerMinute;
  private final BucketConfiguration requestsPerDay;
  private final BucketConfiguration moneyPerDay;

  /**
   * @param source closed with this
   * @param keyId see {@link GeminiKey#id}
   */
  public BucketBudget(BucketSource source, String keyId, BudgetConfig limits, BudgetTiming timing) {
    this.source = source;
    this.keyId = keyId;
    this.timing = timing;
    this.requestsPerMinute = MinuteBandwidth.of(limits.requestsPerMinute(), timing);
    this.tokensPerMinute = MinuteBandwidth.of(limits.tokensPerMinute(), timing);
    this.requestsPerDay = fixed(limits.requestsPerDay());
    this.moneyPerDay = fixed(limits.microDollarsPerDay());
  }

  private static BucketConfiguration fixed(long amount) {
    return BucketConfiguration.builder()
        .addLimit(Bandwidth.builder().capacity(amount).refillIntervally(1, NEVER).build())
        .build();
  }

  @Override
  public Verdict reserve(Amount most) {
    try {
      return tryReserve(most);
    } catch (BucketExceptions.BucketExecutionException e) {
      // What was taken before it failed stays taken, which is on the safe side.
      return new Outage(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The buckets of the days come first: what was taken from them can be given back when another
   * limit refuses. Those of the minute cannot, since a bucket that was refilled meanwhile would
   * then have given away too much.
   */
  private Verdict tryReserve(Amount most) {
    Instant now = source.now();
    List<LocalDate> days = days(now);
    List<Runnable> giveBack = new ArrayList<>();
    for (LocalDate day : days) {
      if (!take(requestsOf(day), 1, giveBack)) {
        return refused("requests-per-day", untilAfter(day, now), giveBack);
      }
      if (!take(moneyOf(day), most.microDollars(), giveBack)) {
        return refused("dollars-per-day", untilAfter(day, now), giveBack);
      }
    }
    long sendBefore = System.nanoTime() + timing.sendWithin().toNanos();
    Duration wait = take("requests-per-minute", requestsPerMinute, 1);
    if (wait != null) {
      return refused("requests-per-minute", wait, giveBack);
    }
    wait = take("tokens-per-minute", tokensPerMinute, most.tokens());
    if (wait != null) {
      return refused("tokens-per-minute", wait, giveBack);
    }
    return new Reservation(most, days, sendBefore);
  }

  private static boolean take(Bucket bucket, long amount, List<Runnable> giveBack) {
    if (amount == 0) {
      return true;
    }
    if (!bucket.tryConsume(amount)) {
      return false;
    }
    giveBack.add(() -> bucket.addTokens(amount));
    return true;
  }

  /** Null where it could be taken, else how long to wait. */
  private @Nullable Duration take(String limit, BucketConfiguration configuration, long amount) {
    ConsumptionProbe probe = bucket(limit, configuration).tryConsumeAndReturnRemaining(amount);
    return probe.isConsumed() ? null : Duration.ofNanos(probe.getNanosToWaitForRefill());
  }

  private static Refusal refused(String limit, Duration wait, List<Runnable> giveBack) {
    giveBack.forEach(Runnable::run);
    return new Refusal(limit, wait);
  }

  /**
   * Money goes back into the day's bucket. Tokens of the minute do not, for the reason above; what
   * was spent beyond the reservation is taken from both.
   */
  @Override
  public void settle(Reservation reservation, Amount spent) {
    try {
      correct(reservation, spent);
    } catch (BucketExceptions.BucketExecutionException e) {
      LOG.debug("A Gemini reservation stays as it is: {}", reservation, e);
    }
  }

  private void correct(Reservation reservation, Amount spent) {
    long money = reservation.amount().microDollars() - spent.microDollars();
    for (LocalDate day : reservation.days()) {
      if (money > 0) {
        moneyOf(day).addTokens(money);
      } else if (money < 0) {
        moneyOf(day).consumeIgnoringRateLimits(-money);
      }
    }
    long beyond = spent.tokens() - reservation.amount().tokens();
    if (beyond > 0) {
      bucket("tokens-per-minute", tokensPerMinute).consumeIgnoringRateLimits(beyond);
    }
  }

  private Bucket requestsOf(LocalDate day) {
    return bucket("requests-per-day:" + day, requestsPerDay);
  }

  private Bucket moneyOf(LocalDate day) {
    return bucket("money-per-day:" + day, moneyPerDay);
  }

  private Bucket bucket(String name, BucketConfiguration configuration) {
    return source.bucket(keyId + ":" + name, configuration);
  }

  /** The day on which the request arrives: near midnight it may be either. */
  private static List<LocalDate> days(Instant now) {
    return Stream.of(now.minus(DAY_MARGIN), now.plus(DAY_MARGIN))
        .map(instant -> instant.atZone(DAYS).toLocalDate())
        .distinct()
        .toList();
  }

  private static Duration untilAfter(LocalDate day, Instant now) {
    return Duration.between(now, day.plusDays(1).atStartOfDay(DAYS).toInstant().plus(DAY_MARGIN));
  }

  @Override
  public void close() {
    source.close();
  }
}
