package io.plateflow.models.engine;

import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.Area;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One frame that waits for its detections. */
record DetectionRequest(
    Pixels pixels, List<Area> areas, CompletableFuture<FrameDetections> result) {}
