package io.plateflow.standalone.bench;

import io.plateflow.jobs.detect.DetectedFrame;
import io.plateflow.jobs.detect.DetectorRecord;
import io.plateflow.models.engine.FrameDetections;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.frame.Pixels;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.util.Collector;

/**
 * Turns each tick of a clock into one frame of every camera whose key group its subtask owns, with
 * the detections of {@link SyntheticTraffic}; as the camera source and the detector would.
 */
final class SyntheticFrames extends RichFlatMapFunction<Long, DetectorRecord> {

  private static final long serialVersionUID = 1L;

  /** Of all subtasks; they run in this process. */
  static final AtomicLong DETECTIONS = new AtomicLong();

  /** The same for frames. */
  static final AtomicLong FRAMES = new AtomicLong();

  /** Frames per camera that one of the subtasks has come to. */
  static final AtomicLong TICKS = new AtomicLong();

  private final SyntheticTraffic traffic;
  private final int cameras;
  private transient List<CameraDefinition> own;
  private transient int[] numbers;
  private transient ByteBuffer picture;
  private transient long tick;

  SyntheticFrames(SyntheticTraffic traffic, int cameras) {
    this.traffic = traffic;
    this.cameras = cameras;
  }

  @Override
  public void open(OpenContext context) {
    var task = getRuntimeContext().getTaskInfo();
    own = new ArrayList<>();
    List<Integer> ownNumbers = new ArrayList<>();
    for (int number = 0; number < cameras; number++) {
      CameraDefinition camera = SyntheticTraffic.camera(number);
      int owner =
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              camera.id(),
              task.getMaxNumberOfParallelSubtasks(),
              task.getNumberOfParallelSubtasks());
      if (owner == task.getIndexOfThisSubtask()) {
        own.add(camera);
        ownNumbers.add(number);
      }
    }
    numbers = ownNumbers.stream().mapToInt(Integer::intValue).toArray();
    // Nobody looks at it.
    picture =
        ByteBuffer.allocateDirect(3 * SyntheticTraffic.FRAME_WIDTH * SyntheticTraffic.FRAME_HEIGHT);
  }

  @Override
  public void flatMap(Long ignored, Collector<DetectorRecord> out) {
    Instant at = SyntheticTraffic.at(tick);
    int frames = 0;
    int detections = 0;
    for (int i = 0; i < numbers.length; i++) {
      if (traffic.isLookedAt(numbers[i], tick)) {
        FrameDetections found = traffic.detections(numbers[i], tick);
        Pixels pixels =
            new Pixels(picture, SyntheticTraffic.FRAME_WIDTH, SyntheticTraffic.FRAME_HEIGHT);
        out.collect(new DetectedFrame(new Frame(own.get(i), tick, at, at, null, pixels), found));
        frames++;
        detections += found.detections().size();
      }
    }
    FRAMES.addAndGet(frames);
    DETECTIONS.addAndGet(detections);
    TICKS.accumulateAndGet(++tick, Math::max);
  }
}
