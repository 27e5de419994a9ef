package io.plateflow.jobs.detect;

import io.plateflow.models.engine.FrameDetections;
import io.plateflow.schemas.frame.Frame;
import java.io.Serializable;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** Finds vehicles and plates on frames, asynchronously; shared by the operators of a process. */
public interface FrameDetector extends AutoCloseable {

  CompletableFuture<FrameDetections> detect(Frame frame);

  /** Frames of this process in the detector's queue; 0 where it has none. */
  default int waiting() {
    return 0;
  }

  @Override
  void close();

  /** Opens the detector of this process when an operator starts. */
  @FunctionalInterface
  interface Factory extends Serializable {

    /**
     * @param gpu index of the GPU that Flink's external-resource framework gave this TaskManager;
     *     empty where it manages none
     */
    FrameDetector open(OptionalInt gpu);
  }
}
