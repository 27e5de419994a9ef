package io.plateflow.models.engine;

import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.Area;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Finds vehicles and plates in the frames of many cameras. One engine serves a whole process and
 * device, so that frames of different cameras share a batch. Any thread may call it.
 */
public final class DetectionEngine implements AutoCloseable {

  private DetectionEngine() {}

  /**
   * @throws io.plateflow.models.ModelException where a model is missing or no YOLO detector
   */
  public static DetectionEngine open(DetectionConfig config) {
    throw new UnsupportedOperationException();
  }

  /**
   * The engine of this process for a configuration; opened by the first caller, closed when each
   * caller has closed it.
   */
  public static DetectionEngine shared(DetectionConfig config) {
    throw new UnsupportedOperationException();
  }

  /**
   * @param pixels not released here; must stay valid until the future is done
   * @param areas detection areas; empty means the whole frame
   */
  public CompletableFuture<FrameDetections> detect(Pixels pixels, List<Area> areas) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
