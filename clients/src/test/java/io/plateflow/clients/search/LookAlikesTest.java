package io.plateflow.clients.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.schemas.plate.ConfusionDistance;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is near a text by the confusion distance is looked up and explained by it. */
class LookAlikesTest {

  private static final String CHARACTERS = "0ODQ1IL2Z5S8BUVX7";

  @Test
  void everythingWithinTheDistanceIsAmongTheNeighboursAndItsDifferencesAddUpToIt() {
    Random random = new Random(3);
    int near = 0;
    for (int i = 0; i < 20_000; i++) {
      String searched = text(random, 3 + random.nextInt(4));
      String found = random.nextBoolean() ? changed(random, searched) : text(random, 5);
      double distance = ConfusionDistance.distance(searched, found);
      assertThat(
              TextDifference.between(searched, found).stream()
                  .mapToDouble(
                      d -> d.lookAlike() ? ConfusionDistance.CONFUSED : ConfusionDistance.EDIT)
                  .sum())
          .as("%s and %s", searched, found)
          .isCloseTo(distance, org.assertj.core.data.Offset.offset(1e-6));
      if (distance <= PlateSearch.MOST_DISTANCE) {
        near++;
        Set<String> neighbours = FoldedNeighbours.of(searched);
        assertThat(neighbours).contains(ConfusionDistance.fold(found));
      }
    }
    assertThat(near).isGreaterThan(2_000);
  }

  @Test
  void aPlatesNeighboursAreFewEnoughToBeLookedUpOneByOne() {
    assertThat(FoldedNeighbours.of("B1234XYZ")).hasSizeBetween(300, 450);
    assertThat(FoldedNeighbours.of("B")).doesNotContain("");
  }

  private static String text(Random random, int length) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < length; i++) {
      out.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
    }
    return out.toString();
  }

  private static String changed(Random random, String text) {
    int at = random.nextInt(text.length());
    String rest = text.substring(at + 1);
    return switch (random.nextInt(3)) {
      case 0 -> text.substring(0, at) + rest;
      case 1 -> text.substring(0, at) + text(random, 1) + rest;
      default -> text.substring(0, at) + text(random, 1) + text.charAt(at) + rest;
    };
  }
}
