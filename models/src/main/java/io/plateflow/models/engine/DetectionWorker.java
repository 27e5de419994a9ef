package io.plateflow.models.engine;

import io.plateflow.models.ModelException;
import io.plateflow.models.detect.YoloDetector;
import io.plateflow.models.detect.YoloDetector.View;
import io.plateflow.schemas.detection.Detection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works off batches of frames with detectors of its own, on one thread. */
final class DetectionWorker implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(DetectionWorker.class);
  // Plates in a whole frame are small; where the model takes it, look at least this closely.
  private static final int FRAME_LONG_SIDE = 640;
  // In a picture that is hardly more than a plate, groups of its letters look like plates unless it
  // is small. Of 150 such pictures 129 are found whole at 160 pixels, 60 at 384.
  private static final int CLOSE_UP_LONG_SIDE = 160;

  private final RequestQueue queue;
  private final YoloDetector vehicles;
  private final YoloDetector plates;
  private final DetectionConfig.Thresholds thresholds;
  private final int maxBatch;
  private final Duration maxWait;

  DetectionWorker(
      RequestQueue queue,
      YoloDetector vehicles,
      YoloDetector plates,
      DetectionConfig.Thresholds thresholds,
      int maxBatch,
      Duration maxWait) {
    this.queue = queue;
    this.vehicles = vehicles;
    this.plates = plates;
    this.thresholds = thresholds;
    this.maxBatch = maxBatch;
    this.maxWait = maxWait;
  }

  @Override
  public void run() {
    try (vehicles;
        plates) {
      List<DetectionRequest> batch = queue.take(maxBatch, maxWait);
      while (!batch.isEmpty()) {
        work(batch);
        batch = queue.take(maxBatch, maxWait);
      }
    } catch (InterruptedException e) {
      LOG.info("Detection worker interrupted, ending");
    }
  }

  /** One bad frame fails alone: a batch that failed is tried again frame by frame. */
  private void work(List<DetectionRequest> batch) {
    try {
      analyse(batch);
    } catch (RuntimeException | OutOfMemoryError e) {
      if (batch.size() == 1) {
        batch.get(0).result().completeExceptionally(failure(batch.get(0), e));
        return;
      }
      LOG.warn("A batch of {} frames failed, trying each alone", batch.size(), e);
      batch.forEach(request -> work(List.of(request)));
    }
  }

  private static ModelException failure(DetectionRequest request, Throwable cause) {
    return new ModelException(
        "Detection failed on a frame of %dx%d: %s"
            .formatted(request.pixels().width(), request.pixels().height(), cause.getMessage()),
        cause);
  }

  private void analyse(List<DetectionRequest> batch) {
    List<FrameAnalysis> frames = new ArrayList<>(batch.size());
    try {
      List<FrameAnalysis> withPlates = new ArrayList<>(batch.size());
      for (DetectionRequest request : batch) {
        FrameAnalysis frame = analysis(request);
        frames.add(frame);
        if (!request.choice().vehiclesOnly()) {
          withPlates.add(frame);
        }
      }
      long start = System.nanoTime();
      findVehicles(frames);
      double vehicleMillis = Elapsed.millisSince(start) / batch.size();
      start = System.nanoTime();
      findPlatesInVehicles(withPlates);
      findCloseUps(withPlates);
      findPlatesInFrames(withPlates);
      double plateMillis = Elapsed.millisSince(start) / batch.size();
      List<FrameDetections> results =
          frames.stream()
              .map(frame -> frame.result(vehicleMillis, plateMillis, batch.size()))
              .toList();
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).result().complete(results.get(i));
      }
    } finally {
      frames.forEach(FrameAnalysis::close);
    }
  }

  private FrameAnalysis analysis(DetectionRequest request) {
    Double wanted = request.choice().plateConfidence();
    return new FrameAnalysis(
        request.pixels(),
        request.areas(),
        wanted == null ? thresholds.plateConfidence() : wanted,
        request.choice().singleLook());
  }

  private List<List<Detection>> plates(List<FrameAnalysis> frames, List<View> views, int longSide) {
    // Frames with other thresholds share a run; each takes what counts for it.
    double lowest =
        frames.stream()
            .mapToDouble(FrameAnalysis::plateConfidence)
            .min()
            .orElse(thresholds.plateConfidence());
    return plates.detect(views, longSide, lowest);
  }

  private void findVehicles(List<FrameAnalysis> frames) {
    List<View> views = frames.stream().map(FrameAnalysis::wholeFrame).toList();
    List<List<Detection>> found = vehicles.detect(views, vehicles.exportedLongSide());
    for (int i = 0; i < found.size(); i++) {
      frames.get(i).vehiclesFound(found.get(i));
    }
  }

  private void findPlatesInVehicles(List<FrameAnalysis> frames) {
    List<View> crops = new ArrayList<>();
    List<FrameAnalysis> owners = new ArrayList<>();
    for (FrameAnalysis frame : frames) {
      for (View crop : frame.vehicleCrops(thresholds.vehiclePadding())) {
        crops.add(crop);
        owners.add(frame);
      }
    }
    List<List<Detection>> found = plates(owners, crops, plates.exportedLongSide());
    for (int i = 0; i < found.size(); i++) {
      owners.get(i).platesFound(crops.get(i), found.get(i));
    }
  }

  private void findCloseUps(List<FrameAnalysis> frames) {
    if (!plates.takesAnySize()) {
      return;
    }
    List<FrameAnalysis> doubtful = frames.stream().filter(FrameAnalysis::mayBeCloseUp).toList();
    List<View> views = doubtful.stream().map(FrameAnalysis::wholeFrame).toList();
    List<List<Detection>> found = plates(doubtful, views, CLOSE_UP_LONG_SIDE);
    for (int i = 0; i < found.size(); i++) {
      doubtful.get(i).closeUpFound(found.get(i));
    }
  }

  private void findPlatesInFrames(List<FrameAnalysis> frames) {
    int exported = plates.exportedLongSide();
    findPlatesInFrames(frames, Math.max(FRAME_LONG_SIDE, exported));
    if (plates.takesAnySize() && exported < FRAME_LONG_SIDE) {
      // The plate of a close-up is too large for the detector at the size before.
      findPlatesInFrames(frames.stream().filter(frame -> !frame.singleLook()).toList(), exported);
    }
  }

  private void findPlatesInFrames(List<FrameAnalysis> frames, int longSide) {
    List<FrameAnalysis> unsure = frames.stream().filter(frame -> !frame.hasSurePlate()).toList();
    List<View> views = unsure.stream().map(FrameAnalysis::wholeFrame).toList();
    List<List<Detection>> found = plates(unsure, views, longSide);
    for (int i = 0; i < found.size(); i++) {
      unsure.get(i).platesFoundInFrame(found.get(i));
    }
  }
}
