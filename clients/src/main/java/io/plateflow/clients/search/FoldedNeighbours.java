package io.plateflow.clients.search;

import io.plateflow.schemas.plate.ConfusionDistance;
import java.util.Set;
import java.util.TreeSet;

/**
 * The folded texts that a plate within one edit of another can have. They are few (about 400 for
 * eight characters), since look-alikes count as one, so an index finds them all one by one.
 */
final class FoldedNeighbours {

  private static final String CHARACTERS = alphabet();

  private FoldedNeighbours() {}

  static Set<String> of(String plate) {
    String text = ConfusionDistance.fold(plate);
    Set<String> near = new TreeSet<>();
    near.add(text);
    for (int i = 0; i <= text.length(); i++) {
      String before = text.substring(0, i);
      String rest = text.substring(i);
      for (int c = 0; c < CHARACTERS.length(); c++) {
        near.add(before + CHARACTERS.charAt(c) + rest);
        if (!rest.isEmpty()) {
          near.add(before + CHARACTERS.charAt(c) + rest.substring(1));
        }
      }
      if (!rest.isEmpty()) {
        near.add(before + rest.substring(1));
      }
    }
    near.remove("");
    return near;
  }

  /** One character of each group. */
  private static String alphabet() {
    StringBuilder out = new StringBuilder();
    for (char c = '0'; c <= 'Z'; c++) {
      if (Character.isLetterOrDigit(c) && ConfusionDistance.fold(c) == c) {
        out.append(c);
      }
    }
    return out.toString();
  }
}
