package io.plateflow.api.coronet;

import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The one plate of a picture that a record has. */
final class Matricula {

  static final String NONE = "NO_DETECTADA";
  private static final int LONGEST = 10;

  private Matricula() {}

  /** That of the nearest vehicle that has one, with its hyphens. */
  static String of(List<PlateOnVehicle> found) {
    return found.stream()
        .filter(each -> each.read() != null)
        .max(Comparator.comparingDouble(Matricula::size).thenComparingDouble(Matricula::confidence))
        .map(Matricula::text)
        .filter(text -> !text.isEmpty())
        .orElse(NONE);
  }

  /** What is nearer is larger; a plate without a vehicle counts as what is seen of it. */
  private static double size(PlateOnVehicle each) {
    Detection nearest = each.detection().vehicleOrPlate();
    BoundingBox box = nearest.box();
    return box.width() * box.height();
  }

  private static double confidence(PlateOnVehicle each) {
    PlateRead read = each.read();
    return read == null ? 0 : read.confidence();
  }

  private static String text(PlateOnVehicle each) {
    PlateAttributes attributes = each.attributes();
    PlateRead read = each.read();
    String printed = attributes == null ? null : attributes.number();
    String text = printed != null ? printed : read == null ? "" : read.text();
    String bare = text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9-]", "");
    return bare.length() <= LONGEST ? bare : bare.substring(0, LONGEST);
  }
}
