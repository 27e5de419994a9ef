package io.plateflow.models.cli;

import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.models.recognition.RecognizedImage;
import io.plateflow.schemas.detection.Detection;
import java.util.Locale;

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
    boolean plate = found.read() != null;
    return String.format(
        LINE,
        vehicle == null ? "-" : vehicle.label(),
        vehicle == null ? "" : score(vehicle.score()),
        plate ? orDash(found.attributes().number()) : "-",
        plate ? score(found.read().confidence()) : "",
        plate ? orDash(found.attributes().type()) : "",
        plate ? orDash(found.attributes().date()) : "",
        plate ? orDash(found.attributes().regionName()) : "");
  }

  private static String score(double score) {
    return String.format(Locale.ROOT, "%.2f", score);
  }

  private static String orDash(String text) {
    return text == null || text.isEmpty() ? "-" : text;
  }
}
