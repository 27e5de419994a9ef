package io.plateflow.models.engine;

import io.plateflow.models.detect.DuplicateBoxes;
import io.plateflow.models.detect.FoundPlate;
import io.plateflow.models.detect.YoloDetector.View;
import io.plateflow.models.image.PixelRegion;
import io.plateflow.models.image.PixelView;
import io.plateflow.models.pairing.PlatePairing;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.DetectionAreas;
import java.util.ArrayList;
import java.util.List;

/** One frame on its way through the detectors. */
final class FrameAnalysis implements AutoCloseable {

  private static final double SURE_PLATE = 0.5;
  private static final double SURE_CLOSE_UP = 0.4;

  // Shares of the picture's width.
  private static final double LARGE_PLATE = 0.3;
  private static final double CLOSE_UP = 0.5;

  private final Pixels pixels;
  private final AreaFilter areas;
  private final double plateConfidence;
  private final boolean singleLook;
  private final PixelView view;
  private List<Detection> vehicles = List.of();
  private final List<FoundPlate> plates = new ArrayList<>();
  private boolean closeUp;

  /**
   * @param plateConfidence lowest score of a plate that counts, 0..1
   * @param singleLook whether plates are sought once, in the whole frame
   */
  FrameAnalysis(Pixels pixels, DetectionAreas areas, double plateConfidence, boolean singleLook) {
    this.pixels = pixels;
    this.areas = new AreaFilter(areas, pixels);
    this.plateConfidence = plateConfidence;
    this.singleLook = singleLook;
    this.view = PixelView.of(pixels);
  }

  double plateConfidence() {
    return plateConfidence;
  }

  boolean singleLook() {
    return singleLook;
  }

  View wholeFrame() {
    return new View(view, PixelRegion.whole(pixels));
  }

  void vehiclesFound(List<Detection> found) {
    vehicles = DuplicateBoxes.mergeVehicles(areas.keep(found));
  }

  /** The surroundings of each vehicle, where its plate is sought. */
  List<View> vehicleCrops(int padding) {
    return singleLook
        ? List.of()
        : vehicles.stream()
            .map(v -> v.box().padded(padding, padding, pixels.width(), pixels.height()))
            .map(box -> new View(view, PixelRegion.covering(box, pixels)))
            .toList();
  }

  void platesFound(View crop, List<Detection> found) {
    for (Detection plate : areas.notIgnored(found)) {
      if (plate.score() >= plateConfidence) {
        plates.add(FoundPlate.in(crop.region(), pixels, plate));
      }
    }
  }

  void platesFoundInFrame(List<Detection> found) {
    platesFound(wholeFrame(), areas.keep(found));
  }

  /** Whether the picture may be hardly more than a plate: none is sure, or one is large. */
  boolean mayBeCloseUp() {
    return !singleLook
        && (!hasSurePlate()
            || plates.stream().anyMatch(plate -> widthShare(plate.detection()) >= LARGE_PLATE));
  }

  /** A plate that fills the picture takes the place of all others, which are parts of it. */
  void closeUpFound(List<Detection> found) {
    List<Detection> whole =
        areas.keep(found).stream()
            .filter(plate -> plate.score() >= SURE_CLOSE_UP && widthShare(plate) >= CLOSE_UP)
            .toList();
    if (!whole.isEmpty()) {
      closeUp = true;
      plates.clear();
      platesFound(wholeFrame(), whole);
    }
  }

  private double widthShare(Detection plate) {
    return plate.box().width() / pixels.width();
  }

  /** Whether a vehicle surely holds a plate; a doubtful one may be a grille or a sticker. */
  boolean hasSurePlate() {
    return closeUp || plates.stream().anyMatch(plate -> plate.detection().score() >= SURE_PLATE);
  }

  FrameDetections result(double vehicleMillis, double plateMillis, int batch) {
    long start = System.nanoTime();
    var pairs = PlatePairing.pair(vehicles, DuplicateBoxes.mergePlates(plates));
    return new FrameDetections(
        pairs, vehicleMillis, plateMillis + Elapsed.millisSince(start), batch);
  }

  @Override
  public void close() {
    view.close();
  }
}
