package io.plateflow.models.engine;

import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.DetectionAreas;
import java.util.concurrent.CompletableFuture;

/** One frame that waits for its detections. */
record DetectionRequest(
    Pixels pixels,
    DetectionAreas areas,
    DetectionChoice choice,
    CompletableFuture<FrameDetections> result,
    long askedNanos) {

  DetectionRequest(
      Pixels pixels,
      DetectionAreas areas,
      DetectionChoice choice,
      CompletableFuture<FrameDetections> result) {
    this(pixels, areas, choice, result, System.nanoTime());
  }
}
