package io.plateflow.models.engine;

import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.Area;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Finds vehicles and plates in the frames of many cameras. One engine serves a whole process and
 * device, so that frames of different cameras share a batch. Any thread may call it.
 */
public final class DetectionEngine implements AutoCloseable {

  private static final Map<DetectionConfig, Shared> SHARED = new HashMap<>();

  private final DetectionWorkers workers;
  private final Runnable onClose;
  private boolean closed;

  private DetectionEngine(DetectionWorkers workers, Runnable onClose) {
    this.workers = workers;
    this.onClose = onClose;
  }

  /**
   * An engine of the caller's own.
   *
   * @throws io.plateflow.models.ModelException where a model is missing or no YOLO detector
   */
  public static DetectionEngine open(DetectionConfig config) {
    DetectionWorkers workers = new DetectionWorkers(config);
    return new DetectionEngine(workers, workers::close);
  }

  /**
   * The engine of this process for a configuration: opened by the first caller, closed when every
   * caller has closed it.
   */
  public static DetectionEngine shared(DetectionConfig config) {
    synchronized (SHARED) {
      Shared shared = SHARED.computeIfAbsent(config, c -> new Shared(new DetectionWorkers(c)));
      shared.users++;
      return new DetectionEngine(shared.workers, () -> leave(config));
    }
  }

  private static void leave(DetectionConfig config) {
    synchronized (SHARED) {
      Shared shared = SHARED.get(config);
      shared.users--;
      if (shared.users == 0) {
        SHARED.remove(config);
        shared.workers.close();
      }
    }
  }

  /**
   * @param pixels not released here; must stay valid until the future is done
   * @param areas detection areas; empty means the whole frame
   */
  public CompletableFuture<FrameDetections> detect(Pixels pixels, List<Area> areas) {
    return workers.detect(pixels, areas);
  }

  /** Frames of all cameras that wait for a worker. */
  public int waiting() {
    return workers.waiting();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      onClose.run();
    }
  }

  private static final class Shared {
    private final DetectionWorkers workers;
    private int users;

    Shared(DetectionWorkers workers) {
      this.workers = workers;
    }
  }
}
