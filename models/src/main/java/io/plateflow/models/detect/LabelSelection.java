package io.plateflow.models.detect;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which classes of a model count. A model of everyday objects also names persons and traffic
 * lights; where no name is known, the model is taken to know nothing else than what is wanted.
 */
public final class LabelSelection {

  private static final Set<String> VEHICLES =
      Set.of(
          "car",
          "motorcycle",
          "motorbike",
          "bus",
          "truck",
          "van",
          "pickup",
          "lorry",
          "minibus",
          "taxi",
          "suv",
          "scooter",
          "vehicle");

  private LabelSelection() {}

  public static BitSet vehicles(List<String> labels) {
    return matching(labels, VEHICLES::contains);
  }

  public static BitSet plates(List<String> labels) {
    return matching(labels, label -> label.contains("plate"));
  }

  private static BitSet matching(List<String> labels, Predicate<String> wanted) {
    BitSet chosen = new BitSet(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      if (wanted.test(labels.get(i).toLowerCase(Locale.ROOT).strip())) {
        chosen.set(i);
      }
    }
    if (chosen.isEmpty()) {
      chosen.set(0, labels.size());
    }
    return chosen;
  }
}
