package io.plateflow.jobs.detect;

import io.plateflow.models.engine.DetectionConfig;
import io.plateflow.models.engine.DetectionEngine;
import io.plateflow.models.engine.FrameDetections;
import io.plateflow.models.read.PlateReader;
import io.plateflow.models.recognition.RecognitionRequest;
import io.plateflow.models.recognition.StillDetector;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.frame.Frame;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Detects with the inference engine that this process shares. */
public final class EngineFrameDetector implements FrameDetector {

  private final DetectionEngine engine;
  private final Supplier<PlateReader> readers;
  private PlateReader reader;
  private StillDetector stills;

  /**
   * @param gpu see {@link FrameDetector.Factory}
   * @param readers opens the reader that recognizes stills which are nothing but a plate; asked for
   *     with the first still
   */
  public EngineFrameDetector(
      DetectionConfig config, OptionalInt gpu, Supplier<PlateReader> readers) {
    this.engine = DetectionEngine.shared(gpu.isPresent() ? on(config, gpu.getAsInt()) : config);
    this.readers = readers;
  }

  private static DetectionConfig on(DetectionConfig config, int gpu) {
    DetectionConfig.Processor p = config.processor();
    return config.withProcessor(new DetectionConfig.Processor(p.threads(), p.device(), gpu));
  }

  @Override
  public CompletableFuture<FrameDetections> detect(Frame frame) {
    CameraDefinition camera = frame.camera();
    return frame.still()
        ? stills()
            .detect(
                frame.pixels(), new RecognitionRequest(camera.regions(), camera.detectionAreas()))
        : engine.detect(frame.pixels(), camera.detectionAreas());
  }

  private StillDetector stills() {
    if (stills == null) {
      reader = readers.get();
      stills = new StillDetector(engine, reader);
    }
    return stills;
  }

  @Override
  public int waiting() {
    return engine.waiting();
  }

  @Override
  public void close() {
    engine.close();
    if (reader != null) {
      reader.close();
    }
  }
}
