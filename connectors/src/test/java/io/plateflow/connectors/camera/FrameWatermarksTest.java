package io.plateflow.connectors.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.camera.testing.TestCameras;
import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.frame.Pixels;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.RelativeClock;
import org.apache.flink.util.clock.SystemClock;
import org.junit.jupiter.api.Test;

class FrameWatermarksTest {

  private final List<String> emitted = new ArrayList<>();
  private final WatermarkOutput output =
      new WatermarkOutput() {
        @Override
        public void emitWatermark(Watermark watermark) {
          emitted.add("watermark " + watermark.getTimestamp());
        }

        @Override
        public void markIdle() {
          emitted.add("idle");
        }

        @Override
        public void markActive() {
          emitted.add("active");
        }
      };
  private final WatermarkGenerator<CameraRecord> generator =
      FrameWatermarks.strategy(Duration.ofHours(1))
          .createWatermarkGenerator(
              new WatermarkGeneratorSupplier.Context() {
                @Override
                public MetricGroup getMetricGroup() {
                  return new UnregisteredMetricsGroup();
                }

                @Override
                public RelativeClock getInputActivityClock() {
                  return SystemClock.getInstance();
                }
              });

  @Test
  void followsTheFramesOfAFilm() {
    generator.onPeriodicEmit(output);
    frame(1000, false);
    frame(1040, false);
    generator.onPeriodicEmit(output);
    assertThat(emitted).containsExactly("idle", "watermark 999", "watermark 1039");
  }

  @Test
  void aCameraThatIsDownHoldsNobodyBackAndCountsAtOnceWhenItIsBack() {
    frame(1000, false);
    status(CameraStatus.State.DOWN);
    generator.onPeriodicEmit(output);
    status(CameraStatus.State.UP);
    frame(9000, false);
    assertThat(emitted).containsExactly("watermark 999", "idle", "idle", "watermark 8999");
  }

  @Test
  void stillsMoveNoWatermarkAndHoldNoneBack() {
    frame(5000, true);
    frame(1000, true);
    generator.onPeriodicEmit(output);
    assertThat(emitted).containsExactly("idle");
  }

  private void frame(long millis, boolean still) {
    Instant at = Instant.ofEpochMilli(millis);
    Pixels pixels = new Pixels(ByteBuffer.allocateDirect(3), 1, 1);
    generator.onEvent(
        new CameraFrame(
            new Frame(TestCameras.camera("a", "a.mp4"), 0, at, at, still ? "a.jpg" : null, pixels)),
        millis,
        output);
  }

  private void status(CameraStatus.State state) {
    generator.onEvent(
        new CameraStateChange(new CameraStatus("a", state, "", Instant.EPOCH, 0)), 0, output);
  }
}
