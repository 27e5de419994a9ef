package io.plateflow.models.cli;

import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.models.recognition.RecognizedImage;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A result as lines for people. */
final class ResultTable {

  private static final String LINE = "  %-12s %-5s  %-14s %-5s  %-9s %-5s  %s%n";

  private ResultTable() {}

  static String of(String file, RecognizedImage image) {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "%s  %dx%d, %d found, %.0f ms%n",
            file,
            image.width(),
            image.height(),
            image.detections().size(),
            image.totalMillis()));
    if (!image.detections().isEmpty()) {
      out.append(
          String.format(LINE, "vehicle", "score", "plate", "score", "type", "date", "region"));
    }
    for (PlateOnVehicle found : image.detections()) {
      out.append(line(found));
    }
    return out.toString();
  }

  private static String line(PlateOnVehicle found) {
    Detection vehicle = found.detection().vehicle();
    PlateRead read = found.read();
    PlateAttributes attributes = found.attributes();
    return String.format(
        LINE,
        vehicle == null ? "-" : vehicle.label(),
        vehicle == null ? "" : score(vehicle.score()),
        attributes == null ? "-" : orDash(attributes.number()),
        read == null ? "" : score(read.confidence()),
        attributes == null ? "" : orDash(attributes.type()),
        attributes == null ? "" : orDash(attributes.date()),
        attributes == null ? "" : orDash(attributes.regionName()));
  }

  private static String score(double score) {
    return String.format(Locale.ROOT, "%.2f", score);
  }

  private static String orDash(@Nullable String text) {
    return text == null || text.isEmpty() ? "-" : text;
  }
}
