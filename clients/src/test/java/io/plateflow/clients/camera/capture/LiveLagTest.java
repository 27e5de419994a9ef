package io.plateflow.clients.camera.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LiveLagTest {

  private static final long SECOND = 1_000_000;
  private static final long PICTURE = 40_000;

  private final LiveLag lag = new LiveLag(SECOND, SECOND / 4);

  @Test
  void jitterIsNoLag() {
    for (long n = 0; n < 1000; n++) {
      assertThat(lag.isBehind(n * PICTURE, 5 * SECOND + n * PICTURE + n % 7 * 100_000)).isFalse();
    }
  }

  @Test
  void clocksThatDriftApartAreNoLag() {
    // Two hours at 500 parts per million: more than three seconds.
    for (long n = 0; n < 180_000; n++) {
      assertThat(lag.isBehind(n * PICTURE, n * PICTURE + n * PICTURE / 2000)).isFalse();
    }
  }

  @Test
  void decodingTooSlowlyIsSeenUntilItHasCaughtUp() {
    // Every picture takes a fifth longer than it stands.
    long now = 0;
    long n = 0;
    while (!lag.isBehind(n * PICTURE, now)) {
      n++;
      now += PICTURE * 6 / 5;
    }
    assertThat(now - n * PICTURE).isBetween(SECOND, SECOND * 11 / 10);

    assertThat(lag.isBehind(now - SECOND / 2, now)).isTrue();
    assertThat(lag.isBehind(now - SECOND / 8, now)).isFalse();
    assertThat(lag.isBehind(now + PICTURE - SECOND / 2, now + PICTURE)).isFalse();
  }
}
