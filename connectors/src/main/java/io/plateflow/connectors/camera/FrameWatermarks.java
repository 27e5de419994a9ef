package io.plateflow.connectors.camera;

import io.plateflow.schemas.camera.CameraStatus;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Event time of one camera: its films are in order, so the watermark follows the last frame. Stills
 * of a folder come in the order of their names, not of their times, and each is a scene of its own;
 * they move no watermark and hold none back.
 */
public final class FrameWatermarks implements WatermarkGenerator<CameraRecord> {

  private long last = Long.MIN_VALUE;
  private boolean idle = true;

  private FrameWatermarks() {}

  /**
   * @param idleness how long a camera may send nothing before the others stop waiting for it
   */
  public static WatermarkStrategy<CameraRecord> strategy(Duration idleness) {
    return WatermarkStrategy.<CameraRecord>forGenerator(context -> new FrameWatermarks())
        .withTimestampAssigner((record, timestamp) -> timestamp)
        .withIdleness(idleness);
  }

  @Override
  public void onEvent(CameraRecord record, long timestamp, WatermarkOutput output) {
    if (record instanceof CameraFrame taken && !taken.frame().still()) {
      last = Math.max(last, timestamp);
      if (idle) {
        // At once, before the others can run ahead of a camera that has just come.
        idle = false;
        onPeriodicEmit(output);
      }
    } else if (record instanceof CameraStateChange change
        && change.status().state() != CameraStatus.State.UP) {
      idle = true;
      output.markIdle();
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (idle) {
      output.markIdle();
    } else {
      output.emitWatermark(new Watermark(last - 1));
    }
  }
}
