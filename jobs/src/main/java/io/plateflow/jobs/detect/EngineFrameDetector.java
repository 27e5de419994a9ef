package io.plateflow.jobs.detect;

import io.plateflow.models.engine.DetectionConfig;
import io.plateflow.models.engine.DetectionEngine;
import io.plateflow.models.engine.FrameDetections;
import io.plateflow.schemas.frame.Frame;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** The detector of the product: the one inference engine of this process and device. */
public final class EngineFrameDetector implements FrameDetector {

  private final DetectionEngine engine;

  /**
   * @param gpu see {@link FrameDetector.Factory}
   */
  public EngineFrameDetector(DetectionConfig config, OptionalInt gpu) {
    engine =
        DetectionEngine.shared(
            gpu.isPresent() ? config.withDevice(config.device(), gpu.getAsInt()) : config);
  }

  @Override
  public CompletableFuture<FrameDetections> detect(Frame frame) {
    return engine.detect(frame.pixels(), frame.camera().areas());
  }

  @Override
  public int waiting() {
    return engine.waiting();
  }

  @Override
  public void close() {
    engine.close();
  }
}
