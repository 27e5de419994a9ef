package io.plateflow.connectors.camera.testing;

import io.plateflow.clients.camera.testing.TestFilms;
import io.plateflow.connectors.camera.CameraFrame;
import io.plateflow.connectors.camera.CameraRecord;
import io.plateflow.connectors.camera.CameraRejection;
import io.plateflow.connectors.camera.CameraStateChange;
import io.plateflow.schemas.camera.CameraStatus;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Says of every frame which one it is, and fails where its camera's frames do not follow each other
 * without gap or repetition, by keyed state that is restored with the source. Can break once, after
 * a checkpoint.
 */
public final class SequenceCheck extends KeyedProcessFunction<String, CameraRecord, String>
    implements CheckpointListener {

  private static final long serialVersionUID = 1L;

  private static final AtomicInteger BREAKS = new AtomicInteger();

  private final int breakAfterFrames;
  private transient ValueState<Long> last;
  private transient int frames;
  private transient volatile boolean checkpointed;

  /**
   * @param breakAfterFrames of one subtask, in the first attempt; 0 for never
   */
  public SequenceCheck(int breakAfterFrames) {
    this.breakAfterFrames = breakAfterFrames;
  }

  @Override
  public void open(OpenContext context) {
    last = getRuntimeContext().getState(new ValueStateDescriptor<>("last", Types.LONG));
  }

  @Override
  public void processElement(CameraRecord record, Context context, Collector<String> out)
      throws Exception {
    if (record instanceof CameraStateChange change) {
      CameraStatus status = change.status();
      if (status.state() == CameraStatus.State.ENDED) {
        out.collect(
            "%s ended after %d%s"
                .formatted(
                    status.cameraId(),
                    status.framesSoFar(),
                    status.reason().isEmpty() ? "" : ": " + status.reason()));
      }
      return;
    }
    long sequence =
        record instanceof CameraFrame frame
            ? frame.frame().sequence()
            : ((CameraRejection) record).rejected().position();
    long expected = last.value() == null ? 0 : last.value() + 1;
    if (sequence != expected) {
      throw new AssertionError(
          "camera %s: found sequence %d, expected %d"
              .formatted(record.cameraId(), sequence, expected));
    }
    last.update(sequence);
    if (!(record instanceof CameraFrame taken)) {
      out.collect("%s %d rejected".formatted(record.cameraId(), sequence));
      return;
    }
    out.collect(
        "%s %d %s %08x"
            .formatted(
                record.cameraId(),
                sequence,
                taken.frame().capturedAt(),
                TestFilms.fingerprint(taken.frame().pixels())));
    taken.frame().pixels().release();
    frames++;
    if (breakAfterFrames > 0
        && frames >= breakAfterFrames
        && checkpointed
        && getRuntimeContext().getTaskInfo().getAttemptNumber() == 0) {
      BREAKS.incrementAndGet();
      throw new IllegalStateException("injected failure");
    }
  }

  /** How often a job of this process was broken. */
  public static int breaks() {
    return BREAKS.get();
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    checkpointed = true;
  }
}
