package io.plateflow.jobs.detect;

import io.plateflow.connectors.camera.CameraRecord;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes {@link DetectOperator}s that are chained to the camera source. */
public final class DetectOperatorFactory extends AbstractStreamOperatorFactory<DetectorRecord>
    implements OneInputStreamOperatorFactory<CameraRecord, DetectorRecord> {

  private static final long serialVersionUID = 1L;

  private final FrameDetector.Factory detectors;
  private final MotionGateConfig motion;
  private final int capacity;

  /**
   * @param capacity frames of one subtask that may be in the engine at once, at least 1
   */
  public DetectOperatorFactory(
      FrameDetector.Factory detectors, MotionGateConfig motion, int capacity) {
    this.detectors = detectors;
    this.motion = motion;
    this.capacity = capacity;
    setChainingStrategy(ChainingStrategy.ALWAYS);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T extends StreamOperator<DetectorRecord>> T createStreamOperator(
      StreamOperatorParameters<DetectorRecord> parameters) {
    return (T) new DetectOperator(parameters, detectors, motion, capacity);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return DetectOperator.class;
  }
}
