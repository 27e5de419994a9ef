package io.plateflow.models.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import io.plateflow.models.gemini.RequestBudget.Amount;
import io.plateflow.models.gemini.RequestBudget.Refusal;
import io.plateflow.models.gemini.RequestBudget.Reservation;
import io.plateflow.models.gemini.RequestBudget.Verdict;
import io.plateflow.models.testing.GeminiStub;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketBudgetTest {

  private static final Amount SMALL = new Amount(100, 10);

  private final SetClock clock = new SetClock("2026-03-01T12:00:00-08:00");

  private BucketBudget budget(BudgetConfig limits) {
    return new BucketBudget(new LocalBuckets(clock), "key", limits, BudgetTiming.DEFAULT);
  }

  private static BudgetConfig perMinute(int requests) {
    return new BudgetConfig(requests, 1_000_000_000, 1_000_000, 1_000, 1, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 10, 30, 100, 1000})
  void noWindowHoldsMoreThanTheLimitEvenWhereArrivalIsAsUnevenAsItMayBe(int limit) {
    BucketBudget budget = budget(perMinute(limit));
    Random random = new Random(limit);
    List<Long> arrivals = new ArrayList<>();
    long end = clock.millis + Duration.ofMinutes(20).toMillis();
    while (clock.millis < end) {
      // Idle for a while now and then, so that bursts begin at any level of the bucket.
      clock.millis +=
          random.nextInt(200) == 0
              ? random.nextInt(90_000)
              : random.nextInt(60_000 / limit / 2 + 2);
      if (budget.reserve(SMALL) instanceof Reservation) {
        boolean late = random.nextBoolean();
        arrivals.add(clock.millis + (late ? BudgetTiming.DEFAULT.slack().toMillis() : 0));
      }
    }
    assertThat(GeminiStub.mostInWindow(arrivals, 60_000)).isLessThanOrEqualTo(limit);
    assertThat(arrivals.size()).isGreaterThan(2 * limit);
  }

  @Test
  void givesMostOfTheLimitToWhoAlwaysAsks() {
    BucketBudget budget = budget(perMinute(30));
    int given = 0;
    for (int second = 0; second < 650; second++) {
      given += budget.reserve(SMALL) instanceof Reservation ? 1 : 0;
      clock.millis += 1_000;
    }
    assertThat(given).isBetween(275, 285);
  }

  @Test
  void saysWhenToAskAgain() {
    BucketBudget budget = budget(perMinute(30));
    for (int i = 0; i < 3; i++) {
      assertThat(budget.reserve(SMALL)).isInstanceOf(Reservation.class);
    }
    Refusal refusal = (Refusal) budget.reserve(SMALL);
    assertThat(refusal.limit()).isEqualTo("requests-per-minute");
    clock.millis += refusal.pause().toMillis();
    assertThat(budget.reserve(SMALL)).isInstanceOf(Refusal.class);
    clock.millis += 1;
    assertThat(budget.reserve(SMALL)).isInstanceOf(Reservation.class);
  }

  @Test
  void tokensOfAMinuteAreLimitedByTheirReservations() {
    BucketBudget budget = budget(new BudgetConfig(1_000, 100_000, 1_000_000, 1_000, 1, 1));
    Amount large = new Amount(5_000, 10);
    assertThat(budget.reserve(large)).isInstanceOf(Reservation.class);
    Reservation second = (Reservation) budget.reserve(large);
    budget.settle(second, new Amount(100, 10));
    assertThat(((Refusal) budget.reserve(large)).limit()).isEqualTo("tokens-per-minute");
  }

  @Test
  void tokensBeyondAReservationAreTakenAfterwards() {
    BucketBudget budget = budget(new BudgetConfig(1_000, 100_000, 1_000_000, 1_000, 1, 1));
    Reservation reservation = (Reservation) budget.reserve(new Amount(5_000, 10));
    budget.settle(reservation, new Amount(9_000, 10));
    Refusal refusal = (Refusal) budget.reserve(new Amount(5_000, 10));
    assertThat(refusal.limit()).isEqualTo("tokens-per-minute");
  }

  @Test
  void requestsOfADayComeBackAtMidnightPacificTime() {
    BucketBudget budget = budget(new BudgetConfig(1_000, 1_000_000_000, 2, 1_000, 1, 1));
    assertThat(budget.reserve(SMALL)).isInstanceOf(Reservation.class);
    assertThat(budget.reserve(SMALL)).isInstanceOf(Reservation.class);
    Refusal refusal = (Refusal) budget.reserve(SMALL);
    assertThat(refusal)
        .isEqualTo(new Refusal("requests-per-day", Duration.ofHours(12).plusMinutes(1)));
    clock.set("2026-03-02T00:00:30-08:00");
    assertThat(((Refusal) budget.reserve(SMALL)).pause()).isEqualTo(Duration.ofSeconds(30));
    clock.set("2026-03-02T00:01:00-08:00");
    assertThat(budget.reserve(SMALL)).isInstanceOf(Reservation.class);
  }

  @Test
  void dayOf23HoursEndsAtItsMidnight() {
    clock.set("2026-03-08T00:30:00-08:00");
    BucketBudget budget = budget(new BudgetConfig(1_000, 1_000_000_000, 1, 1_000, 1, 1));
    assertThat(budget.reserve(SMALL)).isInstanceOf(Reservation.class);
    assertThat(((Refusal) budget.reserve(SMALL)).pause())
        .isEqualTo(Duration.ofHours(22).plusMinutes(31));
  }

  @Test
  void aRequestNearMidnightCountsForBothDays() {
    clock.set("2026-03-01T23:59:58-08:00");
    BucketBudget budget = budget(new BudgetConfig(1_000, 1_000_000_000, 2, 1_000, 1, 1));
    Reservation reservation = (Reservation) budget.reserve(SMALL);
    assertThat(reservation.days())
        .containsExactly(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-02"));
    clock.set("2026-03-02T00:02:00-08:00");
    assertThat(budget.reserve(SMALL)).isInstanceOf(Reservation.class);
    assertThat(budget.reserve(SMALL)).isInstanceOf(Refusal.class);
  }

  @Test
  void moneyIsSettledToWhatWasSpent() {
    BucketBudget budget = budget(new BudgetConfig(1_000, 1_000_000_000, 1_000, 0.001, 1, 1));
    Amount most = new Amount(100, 600);
    Reservation first = (Reservation) budget.reserve(most);
    assertThat(((Refusal) budget.reserve(most)).limit()).isEqualTo("dollars-per-day");
    budget.settle(first, new Amount(100, 300));
    Verdict second = budget.reserve(most);
    assertThat(second).isInstanceOf(Reservation.class);
    budget.settle((Reservation) second, new Amount(100, 650));
    assertThat(budget.reserve(new Amount(100, 51))).isInstanceOf(Refusal.class);
    assertThat(budget.reserve(new Amount(100, 50))).isInstanceOf(Reservation.class);
  }

  @Test
  void whatAnotherLimitRefusesCostsTheDayNothing() {
    BucketBudget budget = budget(new BudgetConfig(1, 1_000_000_000, 2, 1_000, 1, 1));
    assertThat(budget.reserve(SMALL)).isInstanceOf(Reservation.class);
    for (int i = 0; i < 10; i++) {
      assertThat(((Refusal) budget.reserve(SMALL)).limit()).isEqualTo("requests-per-minute");
    }
    clock.millis += 66_000;
    assertThat(budget.reserve(SMALL)).isInstanceOf(Reservation.class);
  }

  private static final class SetClock implements TimeMeter {
    private long millis;

    SetClock(String time) {
      set(time);
    }

    void set(String time) {
      Instant instant = ZonedDateTime.parse(time).toInstant();
      millis = instant.toEpochMilli();
    }

    @Override
    public long currentTimeNanos() {
      return millis * 1_000_000;
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
