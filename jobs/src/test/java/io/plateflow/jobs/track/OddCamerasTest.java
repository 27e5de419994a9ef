package io.plateflow.jobs.track;

import static io.plateflow.jobs.TestFrames.START;
import static io.plateflow.jobs.TestFrames.attributes;
import static io.plateflow.jobs.TestFrames.camera;
import static io.plateflow.jobs.TestFrames.carWithPlate;
import static io.plateflow.jobs.TestFrames.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.jobs.TestFrames;
import io.plateflow.jobs.evidence.RecordedEvidence;
import io.plateflow.jobs.pass.LadderConfig;
import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.ReadRequest;
import io.plateflow.jobs.reading.PlateReading;
import io.plateflow.models.recognition.RecognizedPlate;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.detection.PairingMethod;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.pass.VehiclePass;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cameras whose clock, speed or picture is not what one would wish for. */
class OddCamerasTest {

  private final List<VehiclePass> finished = new ArrayList<>();

  private final PlateReading reading =
      new PlateReading() {
        @Override
        public RecognizedPlate read(Frame frame, Detection plate) {
          return new RecognizedPlate(TestFrames.read("B1234XYZ", 0.9), attributes("B1234XYZ"));
        }

        @Override
        public void close() {}
      };

  private final PassLifecycle passes =
      new PassLifecycle(PassConfig.DEFAULT, LadderConfig.DEFAULT, reading, new RecordedEvidence());
  private final PassOutput out =
      new PassOutput() {
        @Override
        public void update(PassUpdate update) {
          if (update.ended()) {
            finished.add(update.pass());
          }
        }

        @Override
        public void ask(ReadRequest request) {
          throw new AssertionError("Nobody is there to be asked");
        }
      };

  private final CameraTracks tracks = new CameraTracks(camera("cam-1"));
  private long sequence;

  @Test
  void aFrameEveryFiveSecondsIsEnoughToFollowAVehicle() throws Exception {
    for (int i = 0; i < 4; i++) {
      onFrame(START.plusSeconds(5L * i), 640, 360, carWithPlate(3 * i));
    }
    end();
    assertThat(finished).hasSize(1);
    assertThat(finished.get(0).seen().frames()).isEqualTo(4);
    assertThat(finished.get(0).plate().agreeingReads()).isEqualTo(4);
  }

  @Test
  void anotherSizeInMidStreamLosesNoPassAndMixesNoCoordinates() throws Exception {
    for (int i = 0; i < 10; i++) {
      onFrame(START.plusMillis(100L * i), 640, 360, carWithPlate(2 * i));
    }
    for (int i = 10; i < 20; i++) {
      onFrame(START.plusMillis(100L * i), 320, 180, halved(carWithPlate(2 * i)));
    }
    end();
    assertThat(finished).isNotEmpty().extracting(p -> p.plate().text()).containsOnly("B1234XYZ");
    for (VehiclePass pass : finished) {
      assertThat(pass.vehicle().box().x2()).isLessThanOrEqualTo(pass.frame().size().width());
      assertThat(pass.plate().box().y2()).isLessThanOrEqualTo(pass.frame().size().height());
    }
  }

  @Test
  void aClockThatJumpsLeavesWholePassesWithIdsOfTheirOwn() throws Exception {
    Duration hour = Duration.ofHours(1);
    long frame = 0;
    for (Duration jump : List.of(Duration.ZERO, hour, Duration.ZERO, hour.negated())) {
      for (int i = 0; i < 10; i++, frame++) {
        onFrame(START.plusMillis(100 * frame).plus(jump), 640, 360, carWithPlate(i));
      }
    }
    end();
    assertThat(finished).hasSize(4);
    assertThat(finished).extracting(VehiclePass::passId).doesNotHaveDuplicates();
    assertThat(finished).extracting(pass -> pass.seen().frames()).containsOnly(10);
    assertThat(finished)
        .allSatisfy(pass -> assertThat(pass.seen().length()).isEqualTo(Duration.ofMillis(900)));
  }

  private void onFrame(Instant at, int width, int height, PairedDetection detection)
      throws Exception {
    Pixels pixels =
        new Pixels(ByteBuffer.allocateDirect(width * height * 3), width, height, () -> {});
    Frame frame = new Frame(camera("cam-1"), sequence++, at, at, null, pixels);
    passes.onFrame(tracks, frame, found(detection), out);
  }

  private void end() throws Exception {
    passes.endAll(tracks, out);
  }

  private static PairedDetection halved(PairedDetection detection) {
    return new PairedDetection(
        halved(detection.vehicle()),
        halved(detection.plate()),
        PairingMethod.CONTAINMENT,
        0.9,
        false);
  }

  private static Detection halved(Detection detection) {
    BoundingBox box = detection.box();
    return new Detection(
        detection.label(),
        detection.score(),
        new BoundingBox(box.x1() / 2, box.y1() / 2, box.x2() / 2, box.y2() / 2));
  }
}
