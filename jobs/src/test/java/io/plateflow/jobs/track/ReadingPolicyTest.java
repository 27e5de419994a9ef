package io.plateflow.jobs.track;

import static io.plateflow.jobs.TestFrames.START;
import static io.plateflow.jobs.TestFrames.attributes;
import static io.plateflow.jobs.TestFrames.carWithPlate;
import static io.plateflow.jobs.TestFrames.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.jobs.reading.RepeatConfig;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReadingPolicyTest {

  private static final double AREA = 80 * 25;
  private final ReadingPolicy policy =
      new ReadingPolicy(new RepeatConfig(5, Duration.ofMillis(200), 1.5, 2));

  @Test
  void readsAtOnceAndThenAtIntervals() {
    ReadHistory reads = new ReadHistory();
    assertThat(policy.wants(reads, AREA, START)).isTrue();
    reads.add(sighting(START, "B1234XYZ"), policy);
    assertThat(policy.wants(reads, AREA, START.plusMillis(199))).isFalse();
    assertThat(policy.wants(reads, AREA, START.plusMillis(200))).isTrue();
  }

  @Test
  void aMuchLargerPictureIsReadAtOnce() {
    ReadHistory reads = new ReadHistory();
    reads.add(sighting(START, "B1234XYZ"), policy);
    assertThat(policy.wants(reads, AREA * 1.5, START.plusMillis(1))).isFalse();
    assertThat(policy.wants(reads, AREA * 1.51, START.plusMillis(1))).isTrue();
  }

  @Test
  void aSettledPlateIsOnlyReadAgainWhenItIsLarger() {
    ReadHistory reads = new ReadHistory();
    reads.add(sighting(START, "B1234XYZ"), policy);
    reads.agreeing = 2;
    assertThat(policy.wants(reads, AREA, START.plusSeconds(9))).isFalse();
    assertThat(policy.wants(reads, AREA * 2, START.plusSeconds(9))).isTrue();
  }

  @Test
  void readsOfAFarPlateDoNotUseUpThoseOfANearOne() {
    ReadHistory reads = new ReadHistory();
    for (int i = 0; i < 5; i++) {
      reads.add(sighting(START.plusSeconds(i), "B1234XYZ"), policy);
    }
    assertThat(policy.wants(reads, AREA, START.plusSeconds(9))).isFalse();
    assertThat(policy.wants(reads, AREA * 2, START.plusSeconds(9))).isTrue();
  }

  private static Sighting sighting(Instant at, String text) {
    return new Sighting(at, 640, 360, carWithPlate(0), read(text, 0.9), attributes(text), 8);
  }
}
