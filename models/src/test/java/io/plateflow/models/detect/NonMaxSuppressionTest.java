package io.plateflow.models.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.schemas.geometry.BoundingBox;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NonMaxSuppressionTest {

  private static final Candidate BEST = box(0, 0.9, 0);
  private static final Candidate NEAR = box(0, 0.8, 2);
  private static final Candidate OTHER_CLASS = box(1, 0.7, 1);
  private static final Candidate FAR = box(0, 0.6, 30);

  @Test
  void keepsTheBestOfEachClassAndPlace() {
    assertThat(new NonMaxSuppression(0.5, 10).keep(List.of(BEST, NEAR, OTHER_CLASS, FAR)))
        .containsExactly(BEST, OTHER_CLASS, FAR);
  }

  @Test
  void followsTheOverlapThatIsAllowed() {
    assertThat(new NonMaxSuppression(0.9, 10).keep(List.of(BEST, NEAR))).hasSize(2);
  }

  @Test
  void keepsNoMoreThanAsked() {
    List<Candidate> many = IntStream.range(0, 50).mapToObj(i -> box(0, 0.5, 20 * i)).toList();

    assertThat(new NonMaxSuppression(0.5, 7).keep(many)).hasSize(7);
  }

  private static Candidate box(int label, double score, int x) {
    return new Candidate(label, score, new BoundingBox(x, 0, x + 10, 10));
  }
}
