package io.plateflow.connectors.camera.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CaptureClockTest {

  private static final Instant NOON = Instant.parse("2026-08-17T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final CaptureClock clock = new CaptureClock(null);
  private Instant wall = NOON;
  private long nanos;

  @Test
  void isTheWallClock() {
    assertThat(next()).isEqualTo(NOON);
    pass(SECOND);
    assertThat(next()).isEqualTo(NOON.plus(SECOND));
  }

  @Test
  void framesOfOneMicrosecondStayInOrder() {
    next();
    assertThat(next()).isEqualTo(NOON.plusNanos(1000));
  }

  @Test
  void jumpsAheadWithTheWall() {
    next();
    wall = wall.plus(HOUR);
    assertThat(next()).isEqualTo(NOON.plus(HOUR));
  }

  @Test
  void goesOnAtHalfSpeedUntilAWallThatWasSetBackHasCaughtUp() {
    next();
    wall = wall.minus(HOUR);
    pass(SECOND);
    assertThat(next()).isEqualTo(NOON.plusMillis(500));
    pass(HOUR);
    assertThat(next()).isEqualTo(NOON.plusMillis(500).plus(HOUR.dividedBy(2)));
    pass(HOUR);
    assertThat(next()).isEqualTo(wall);
    pass(SECOND);
    assertThat(next()).isEqualTo(wall);
  }

  @Test
  void goesOnBehindWhatAnEarlierClockSaid() {
    CaptureClock next = new CaptureClock(NOON.plus(HOUR));
    assertThat(next.next(NOON, 77)).isEqualTo(NOON.plus(HOUR).plusNanos(1000));
    assertThat(next.next(NOON.plus(SECOND), 77 + SECOND.toNanos()))
        .isEqualTo(NOON.plus(HOUR).plusNanos(1000).plusMillis(500));
  }

  private void pass(Duration time) {
    wall = wall.plus(time);
    nanos += time.toNanos();
  }

  private Instant next() {
    return clock.next(wall, nanos);
  }
}
