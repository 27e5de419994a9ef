package io.plateflow.api.recognition;

import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.plate.PlateRead;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Keeps plates that were read surely enough, and all vehicles.
 *
 * @param least confidence of a read that counts, 0..1
 */
public record ConfidentReads(double least) implements UnaryOperator<List<PlateOnVehicle>> {

  /** Where clients cannot say what they want. */
  public static final ConfidentReads USUAL = new ConfidentReads(0.6);

  /** Vehicles stay without their plate where it does not count; plates alone go. */
  @Override
  public List<PlateOnVehicle> apply(List<PlateOnVehicle> found) {
    List<PlateOnVehicle> kept = new ArrayList<>();
    for (PlateOnVehicle each : found) {
      PairedDetection pair = each.detection();
      PlateRead read = each.read();
      if (pair.plate() == null || read != null && !read.isEmpty() && read.confidence() >= least) {
        kept.add(each);
      } else if (pair.vehicle() != null) {
        kept.add(
            new PlateOnVehicle(
                new PairedDetection(pair.vehicle(), null, null, 0, false), null, null));
      }
    }
    return kept;
  }
}
