package io.plateflow.models.recognition;

import io.plateflow.models.engine.DetectionEngine;
import io.plateflow.models.engine.FrameDetections;
import io.plateflow.models.read.PlateReader;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Finds vehicles and plates in stills: what the engine finds, or the one plate that fills the
 * picture. Not for frames of a film, where a vehicle so close is seen better in other frames.
 * Thread-safe.
 */
public final class StillDetector {

  private final DetectionEngine engine;
  private final PlateReader reader;

  /**
   * @param engine stays with the caller
   * @param reader stays with the caller; decides whether the whole picture is a plate
   */
  public StillDetector(DetectionEngine engine, PlateReader reader) {
    this.engine = engine;
    this.reader = reader;
  }

  /**
   * @param pixels not released here; must stay valid until the future is done
   */
  public CompletableFuture<FrameDetections> detect(Pixels pixels, RecognitionRequest request) {
    return engine
        .detect(pixels, request.areas(), request.choice())
        .thenApply(found -> orWholePicture(pixels, found, request));
  }

  private FrameDetections orWholePicture(
      Pixels pixels, FrameDetections found, RecognitionRequest request) {
    if (request.choice().vehiclesOnly()) {
      return found;
    }
    BoundingBox whole = PlatePicture.whole(pixels);
    // The middle of the picture is where such a plate is.
    boolean watched =
        request.areas().watches(0.5, 0.5)
            && !request.areas().ignores(whole, pixels.width(), pixels.height());
    if (!PlatePicture.mayBe(pixels) || !watched) {
      return found;
    }
    long start = System.nanoTime();
    double best = bestConfidence(pixels, found, request.regions());
    if (PlatePicture.isSure(best)) {
      return found;
    }
    double confidence = reader.read(pixels, whole, request.regions()).confidence();
    List<PairedDetection> detections =
        PlatePicture.stands(confidence, best)
            ? List.of(PlatePicture.detection(pixels, confidence))
            : found.detections();
    double millis = (System.nanoTime() - start) / 1e6;
    return new FrameDetections(
        detections, found.vehicleMillis(), found.plateMillis() + millis, found.batch());
  }

  private double bestConfidence(Pixels pixels, FrameDetections found, List<String> regions) {
    return found.detections().stream()
        .map(PairedDetection::plate)
        .filter(Objects::nonNull)
        .mapToDouble(plate -> reader.read(pixels, plate.box(), regions).confidence())
        .max()
        .orElse(0);
  }
}
