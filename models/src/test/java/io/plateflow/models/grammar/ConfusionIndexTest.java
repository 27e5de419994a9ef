package io.plateflow.models.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.schemas.plate.ConfusionDistance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfusionIndexTest {

  // Few characters, many of them look-alikes, so that near texts are common.
  private static final String CHARACTERS = "0OD1I8B5SXY";

  @Test
  void findsWhatLookingAtEveryPlateFinds() {
    Random random = new Random(7);
    for (double tolerance : new double[] {0, 0.3, 0.9, 1, 1.6, 2.3}) {
      ConfusionIndex index = new ConfusionIndex(tolerance);
      Set<String> plates = new HashSet<>();
      for (int i = 0; i < 1500; i++) {
        String plate = text(random);
        plates.add(plate);
        index.add(plate);
      }
      // Taking some off again leaves the others.
      for (String gone : plates.stream().sorted().limit(300).toList()) {
        plates.remove(gone);
        index.remove(gone);
      }
      assertThat(index.size()).isEqualTo(plates.size());
      for (int i = 0; i < 300; i++) {
        String text = text(random);
        assertThat(index.matches(text)).isEqualTo(byHand(plates, text, tolerance));
        assertThat(index.matches(text, tolerance / 2))
            .isEqualTo(byHand(plates, text, tolerance / 2));
      }
    }
  }

  @Test
  void plateAddedTwiceIsThereOnce() {
    ConfusionIndex index = new ConfusionIndex(1);
    index.add("B1234XY");
    index.add("B1234XY");
    assertThat(index.matches("81234XY")).containsExactly(new ConfusionIndex.Match("B1234XY", 0.3));
    index.remove("B1234XY");
    index.remove("B1234XY");
    assertThat(index.size()).isZero();
    assertThat(index.matches("B1234XY")).isEmpty();
  }

  @Test
  void refusesMoreThanItWasMadeFor() {
    assertThatThrownBy(() -> new ConfusionIndex(0.5).matches("A", 0.6))
        .hasMessageContaining("0.6")
        .hasMessageContaining("0.5");
    assertThatThrownBy(() -> new ConfusionIndex(-1)).hasMessageContaining("expected 0..3");
  }

  private static List<ConfusionIndex.Match> byHand(
      Set<String> plates, String text, double tolerance) {
    List<ConfusionIndex.Match> matches = new ArrayList<>();
    for (String plate : plates) {
      double distance = ConfusionDistance.distance(text, plate);
      if (distance <= tolerance + 1e-9) {
        matches.add(new ConfusionIndex.Match(plate, distance));
      }
    }
    matches.sort(
        Comparator.comparingDouble(ConfusionIndex.Match::distance)
            .thenComparing(ConfusionIndex.Match::plate));
    return matches;
  }

  private static String text(Random random) {
    StringBuilder out = new StringBuilder();
    int length = 3 + random.nextInt(4);
    for (int i = 0; i < length; i++) {
      out.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
    }
    return out.toString();
  }
}
