package io.plateflow.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

  private final MemoryBudget budget = new MemoryBudget(10 << 10, Duration.ZERO);

  @Test
  void whoeverFindsNoRoomIsRefusedForAMoment() {
    try (MemoryBudget.Lease first = budget.lease();
        MemoryBudget.Lease second = budget.lease()) {
      first.growTo(6 << 10);
      second.growTo(4 << 10);

      assertThatThrownBy(() -> second.growTo((4 << 10) + 1))
          .isInstanceOfSatisfying(
              Refusal.class,
              e -> {
                assertThat(e.kind()).isEqualTo(Refusal.Kind.BUSY);
                assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(1));
              });
    }
  }

  @Test
  void whatIsGivenBackIsThereForOthers() {
    for (int i = 0; i < 3; i++) {
      try (MemoryBudget.Lease lease = budget.lease()) {
        lease.growTo(4 << 10);
        lease.growTo(10 << 10);
        // Smaller than what it has: nothing to do.
        lease.growTo(1);
      }
    }
  }
}
