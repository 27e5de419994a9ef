package io.plateflow.models.gemini;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/**
 * Says whether a request may be sent now. Whatever uses one key shares one budget, in this process
 * or in all of them. Thread-safe; a call may block for a round trip to where the budget is kept.
 */
public interface RequestBudget extends AutoCloseable {

  /** What a request costs. */
  record Amount(long tokens, long microDollars) {}

  /** The answer to {@link #reserve}. */
  sealed interface Verdict permits Reservation, Refusal, Outage {}

  /**
   * One request may be sent.
   *
   * @param amount that is set aside for it
   * @param days on whose account it goes; two around midnight
   * @param sendBefore the {@link System#nanoTime} from which on it must not be sent any more
   */
  record Reservation(Amount amount, List<LocalDate> days, long sendBefore) implements Verdict {}

  /**
   * A limit is reached.
   *
   * @param limit its name
   * @param pause after which it may be asked again
   */
  record Refusal(String limit, Duration pause) implements Verdict {}

  /** The budget cannot be asked, so nothing may be sent. */
  record Outage(String reason) implements Verdict {}

  /**
   * Sets one request aside.
   *
   * @param most what it may cost at most
   */
  Verdict reserve(Amount most);

  /**
   * Corrects a reservation once the costs are known. Without this call it counts in full, as it
   * does when the process dies meanwhile.
   */
  void settle(Reservation reservation, Amount spent);

  @Override
  void close();
}
