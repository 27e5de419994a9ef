package io.plateflow.models.engine;

import io.plateflow.models.SharedInstances;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.DetectionAreas;
import java.util.concurrent.CompletableFuture;

/**
 * Finds vehicles and plates in the frames of many cameras. One engine serves a whole process and
 * device, so that frames of different cameras share a batch. Any thread may call it.
 */
public final class DetectionEngine implements AutoCloseable {

  private static final SharedInstances<DetectionConfig, DetectionWorkers> SHARED =
      new SharedInstances<>(DetectionWorkers::close);

  private final SharedInstances.Lease<DetectionWorkers> workers;

  private DetectionEngine(SharedInstances.Lease<DetectionWorkers> workers) {
    this.workers = workers;
  }

  /**
   * An engine of the caller's own.
   *
   * @throws io.plateflow.models.ModelException where a model is missing or no YOLO detector
   */
  public static DetectionEngine open(DetectionConfig config) {
    return new DetectionEngine(SHARED.own(new DetectionWorkers(config)));
  }

  /**
   * The engine of this process for a configuration: opened by the first caller, closed when every
   * caller has closed it.
   */
  public static DetectionEngine shared(DetectionConfig config) {
    return new DetectionEngine(SHARED.acquire(config, () -> new DetectionWorkers(config)));
  }

  /**
   * @param pixels not released here; must stay valid until the future is done
   * @param areas in fractions of these pixels
   */
  public CompletableFuture<FrameDetections> detect(Pixels pixels, DetectionAreas areas) {
    return detect(pixels, areas, DetectionChoice.LIVE);
  }

  /** The same for a frame that wants something of its own. */
  public CompletableFuture<FrameDetections> detect(
      Pixels pixels, DetectionAreas areas, DetectionChoice choice) {
    return workers.value().detect(pixels, areas, choice);
  }

  /** What it detects with. */
  public DetectorModels models() {
    return workers.value().models();
  }

  /** Frames of all cameras that wait for a worker. */
  public int waiting() {
    return workers.value().waiting();
  }

  @Override
  public void close() {
    workers.close();
  }
}
