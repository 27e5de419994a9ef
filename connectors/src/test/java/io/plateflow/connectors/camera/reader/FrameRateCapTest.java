package io.plateflow.connectors.camera.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrameRateCapTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  @Test
  void zeroLetsEverythingPass() {
    FrameRateCap cap = new FrameRateCap(0, Long.MIN_VALUE);
    assertThat(IntStream.range(0, 100).allMatch(n -> cap.passes(at(n * 10L)))).isTrue();
  }

  @Test
  void thinsToTheRate() {
    assertThat(kept(new FrameRateCap(10, Long.MIN_VALUE), 0, 250).size()).isBetween(100, 101);
    assertThat(kept(new FrameRateCap(1, Long.MIN_VALUE), 0, 250).size()).isBetween(10, 11);
  }

  @Test
  void aCameraAtTheCapLosesNothingToJitter() {
    Random random = new Random(1);
    FrameRateCap cap = new FrameRateCap(25, Long.MIN_VALUE);
    assertThat(
            IntStream.range(0, 1000)
                .filter(n -> cap.passes(at(n * 40_000L + random.nextInt(19_000)))))
        .hasSize(1000);
  }

  @Test
  void continuesWhereAnEarlierRunStopped() {
    List<Integer> whole = kept(new FrameRateCap(7, Long.MIN_VALUE), 0, 250);
    for (int kept : whole.subList(0, 50)) {
      FrameRateCap before = new FrameRateCap(7, Long.MIN_VALUE);
      kept(before, 0, kept + 1);
      List<Integer> rest = kept(new FrameRateCap(7, before.nextDueMicros()), kept + 1, 250);
      assertThat(rest).isEqualTo(whole.subList(whole.indexOf(kept) + 1, whole.size()));
    }
  }

  /** Which of the frames of a 25 per second film pass. */
  private static List<Integer> kept(FrameRateCap cap, int from, int to) {
    List<Integer> kept = new ArrayList<>();
    for (int n = from; n < to; n++) {
      if (cap.passes(at(n * 40_000L))) {
        kept.add(n);
      }
    }
    return kept;
  }

  private static Instant at(long micros) {
    return START.plus(micros, ChronoUnit.MICROS);
  }
}
