package io.plateflow.clients.search;

import io.plateflow.schemas.plate.ConfusionDistance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One character that is not as it was searched.
 *
 * @param position in the text that was found, from 0
 * @param searched empty where the found character is one too many
 * @param found empty where a character is missing
 */
public record TextDifference(int position, String searched, String found) {

  /** Whether the two are taken for each other easily. */
  public boolean lookAlike() {
    return !searched.isEmpty()
        && !found.isEmpty()
        && ConfusionDistance.fold(searched).equals(ConfusionDistance.fold(found));
  }

  /** What turns one text into the other at the {@link ConfusionDistance} between them. */
  static List<TextDifference> between(String searched, String found) {
    double[][] cost = costs(searched, found);
    List<TextDifference> differences = new ArrayList<>();
    int i = searched.length();
    int j = found.length();
    while (i > 0 || j > 0) {
      if (i > 0 && j > 0 && isStep(cost[i][j], cost[i - 1][j - 1], price(searched, i, found, j))) {
        i--;
        j--;
        if (searched.charAt(i) != found.charAt(j)) {
          differences.add(new TextDifference(j, at(searched, i), at(found, j)));
        }
      } else if (i > 0 && isStep(cost[i][j], cost[i - 1][j], ConfusionDistance.EDIT)) {
        i--;
        differences.add(new TextDifference(j, at(searched, i), ""));
      } else {
        j--;
        differences.add(new TextDifference(j, "", at(found, j)));
      }
    }
    Collections.reverse(differences);
    return differences;
  }

  private static double[][] costs(String a, String b) {
    double[][] cost = new double[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = (i + j) * ConfusionDistance.EDIT;
          continue;
        }
        cost[i][j] =
            Math.min(
                cost[i - 1][j - 1] + price(a, i, b, j),
                Math.min(cost[i - 1][j], cost[i][j - 1]) + ConfusionDistance.EDIT);
      }
    }
    return cost;
  }

  private static double price(String a, int i, String b, int j) {
    return ConfusionDistance.substitution(a.charAt(i - 1), b.charAt(j - 1));
  }

  private static boolean isStep(double to, double from, double price) {
    return Math.abs(from + price - to) < 1e-9;
  }

  private static String at(String text, int i) {
    return text.substring(i, i + 1);
  }
}
