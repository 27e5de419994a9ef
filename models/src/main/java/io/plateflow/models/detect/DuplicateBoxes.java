package io.plateflow.models.detect;

import io.plateflow.schemas.detection.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Merges boxes that show the same object, whatever the class and whichever crop found them. */
public final class DuplicateBoxes {

  // A car in front of a bus overlaps it a lot; only nearly equal boxes are one vehicle named twice.
  private static final double SAME_VEHICLE_IOU = 0.7;
  // A box inside another of its class and not much smaller is a part of the same vehicle.
  private static final double PART_WITHIN = 0.9;
  private static final double PART_LEAST_SIZE = 0.4;
  private static final double SAME_PLATE_IOU = 0.3;
  private static final double PLATE_WITHIN = 0.7;

  private DuplicateBoxes() {}

  public static List<Detection> mergeVehicles(List<Detection> vehicles) {
    List<Detection> kept = new ArrayList<>();
    for (Detection vehicle : sorted(vehicles, Comparator.comparingDouble(Detection::score))) {
      if (kept.stream().noneMatch(better -> sameVehicle(better, vehicle))) {
        kept.add(vehicle);
      }
    }
    return kept;
  }

  /** A plate that an edge cuts gives way to the same plate whole. */
  public static List<Detection> mergePlates(List<FoundPlate> plates) {
    List<Detection> kept = new ArrayList<>();
    for (FoundPlate plate : sorted(plates, Comparator.comparingDouble(FoundPlate::rank))) {
      if (kept.stream().noneMatch(better -> samePlate(better, plate.detection()))) {
        kept.add(plate.detection());
      }
    }
    return kept;
  }

  private static <T> List<T> sorted(List<T> found, Comparator<T> lowestFirst) {
    List<T> sorted = new ArrayList<>(found);
    sorted.sort(lowestFirst.reversed());
    return sorted;
  }

  private static boolean sameVehicle(Detection a, Detection b) {
    return a.box().iou(b.box()) > SAME_VEHICLE_IOU
        || a.label().equals(b.label()) && (isPart(a, b) || isPart(b, a));
  }

  private static boolean isPart(Detection part, Detection whole) {
    return part.box().shareWithin(whole.box()) > PART_WITHIN
        && part.box().area() > PART_LEAST_SIZE * whole.box().area();
  }

  /** Plates do not overlap in life, so a little shared area is enough. */
  private static boolean samePlate(Detection a, Detection b) {
    return a.box().iou(b.box()) > SAME_PLATE_IOU
        || a.box().shareWithin(b.box()) > PLATE_WITHIN
        || b.box().shareWithin(a.box()) > PLATE_WITHIN;
  }
}
