package io.plateflow.models.cli;

import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.models.recognition.RecognizedImage;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Counts what was found and read of what a truth table names. */
final class AccuracyScore {

  private static final double SAME_BOX_IOU = 0.5;
  private static final int TOP = 10;

  private int plates;
  private int found;
  private int exact;
  private int amongTop;
  private double characters;
  private int vehicles;
  private int rightVehicles;
  private final List<String> misses = new ArrayList<>();

  /**
   * @param result null where the picture could not be used
   */
  void add(TruthTable.Row truth, @Nullable RecognizedImage result) {
    List<PlateOnVehicle> seen = result == null ? List.of() : result.detections();
    BoundingBox box = truth.vehicleBox();
    String label = truth.vehicleClass();
    if (box != null && label != null) {
      vehicles++;
      if (seen.stream().anyMatch(s -> isVehicle(s.detection().vehicle(), label, box))) {
        rightVehicles++;
      } else {
        misses.add("%s\tno %s".formatted(truth.image(), label));
      }
    }
    if (!truth.plate().isEmpty()) {
      addPlate(truth, seen);
    }
  }

  private void addPlate(TruthTable.Row truth, List<PlateOnVehicle> seen) {
    plates++;
    PlateRead best = null;
    int least = truth.plate().length();
    for (PlateOnVehicle candidate : seen) {
      PlateRead read = candidate.read();
      if (read != null && isPlate(candidate.detection().plate(), truth)) {
        int distance = distance(read.text(), truth.plate());
        if (best == null || distance < least) {
          best = read;
          least = Math.min(truth.plate().length(), distance);
        }
      }
    }
    if (best == null) {
      misses.add("%s\twant %s\tnot found".formatted(truth.image(), truth.plate()));
      return;
    }
    found++;
    characters += 1 - (double) least / truth.plate().length();
    if (least == 0) {
      exact++;
    } else {
      misses.add("%s\twant %s\tgot %s".formatted(truth.image(), truth.plate(), best.text()));
    }
    if (least == 0
        || best.candidates().stream()
            .limit(TOP)
            .anyMatch(c -> distance(c.text(), truth.plate()) == 0)) {
      amongTop++;
    }
  }

  private static boolean isVehicle(@Nullable Detection vehicle, String label, BoundingBox box) {
    return vehicle != null
        && vehicle.label().equals(label)
        && vehicle.box().iou(box) >= SAME_BOX_IOU;
  }

  private static boolean isPlate(@Nullable Detection plate, TruthTable.Row truth) {
    BoundingBox box = truth.plateBox();
    if (plate == null) {
      return false;
    }
    return box == null
        || plate.box().iou(box) >= SAME_BOX_IOU
        || box.contains(plate.box().centreX(), plate.box().centreY());
  }

  /** Levenshtein's edit distance; {@code *} in the wanted text stands for any character. */
  static int distance(String got, String want) {
    int[] row = new int[want.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= got.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= want.length(); j++) {
        char w = want.charAt(j - 1);
        int change = diagonal + (w == '*' || w == got.charAt(i - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[want.length()];
  }

  List<String> misses() {
    return misses;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "plates exact %s, found %s, among the first %d %s, characters %.3f; vehicles %s",
        share(exact, plates),
        share(found, plates),
        TOP,
        share(amongTop, plates),
        plates == 0 ? 0 : characters / plates,
        share(rightVehicles, vehicles));
  }

  private static String share(int part, int whole) {
    return whole == 0
        ? "-"
        : String.format(Locale.ROOT, "%d/%d (%.1f %%)", part, whole, 100.0 * part / whole);
  }
}
