package io.plateflow.jobs.track;

import static io.plateflow.jobs.TestFrames.START;
import static io.plateflow.jobs.TestFrames.attributes;
import static io.plateflow.jobs.TestFrames.camera;
import static io.plateflow.jobs.TestFrames.carAlone;
import static io.plateflow.jobs.TestFrames.carWithPlate;
import static io.plateflow.jobs.TestFrames.found;
import static io.plateflow.jobs.TestFrames.frame;
import static io.plateflow.jobs.TestFrames.output;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.jobs.TestFrames;
import io.plateflow.jobs.evidence.RecordedEvidence;
import io.plateflow.jobs.pass.AccessConfig;
import io.plateflow.jobs.pass.LadderConfig;
import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.ReadRequest;
import io.plateflow.jobs.reading.PlateReading;
import io.plateflow.models.recognition.RecognizedPlate;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.DetectionType;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.PlateLook;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PassLifecycleTest {

  private final List<PassUpdate> out = new ArrayList<>();
  private final List<ReadRequest> questions = new ArrayList<>();
  private final AtomicInteger reads = new AtomicInteger();
  private String readsNext = "B1234XYZ";
  private double readScore = 0.9;

  private final PlateReading reading =
      new PlateReading() {
        @Override
        public RecognizedPlate read(Frame frame, Detection plate) {
          reads.incrementAndGet();
          return new RecognizedPlate(TestFrames.read(readsNext, readScore), attributes(readsNext));
        }

        @Override
        public void close() {}
      };

  private final RecordedEvidence evidence = new RecordedEvidence();

  private final PassLifecycle passes =
      new PassLifecycle(PassConfig.DEFAULT, LadderConfig.DEFAULT, reading, evidence);

  private final CameraTracks tracks = new CameraTracks(camera("cam-1").withGate(GateType.PASSAGE));

  @Test
  void fortyFramesOfOneVehicleAreOnePass() throws Exception {
    for (int i = 0; i < 40; i++) {
      passes.onFrame(tracks, frame("cam-1", i), found(carWithPlate(i)), output(out, questions));
    }
    passes.endAll(tracks, output(out, questions));

    List<PassUpdate> finished = out.stream().filter(PassUpdate::ended).toList();
    assertThat(finished).hasSize(1);
    VehiclePass pass = finished.get(0).pass();
    assertThat(pass.passId()).isEqualTo("cam-1-20260301T080000.000-0");
    assertThat(pass.seen().frames()).isEqualTo(40);
    assertThat(pass.plate().text()).isEqualTo("B1234XYZ");
    assertThat(pass.vehicle().vehicleClass()).isEqualTo("car");
    assertThat(pass.seen().first()).isEqualTo(START);
    assertThat(pass.seen().last()).isEqualTo(START.plusMillis(3900));
    assertThat(pass.evidence().framePath()).isNotNull();
    // Settled after four agreeing reads, not one read a frame.
    assertThat(reads).hasValue(4);
    assertThat(tracks.drafts).isEmpty();
    assertThat(tracks.tracker.tracks()).isEmpty();
  }

  @Test
  void thePassTellsItsLooksButNotThoseWithoutAVote() throws Exception {
    for (int i = 0; i < 40; i++) {
      readsNext = i == 0 ? "SALE" : i == 2 ? "B1234XYI" : "B1234XYZ";
      readScore = i == 2 ? 0.4 : 0.9;
      passes.onFrame(tracks, frame("cam-1", i), found(carWithPlate(i)), output(out, questions));
    }
    passes.endAll(tracks, output(out, questions));

    List<PlateLook> looks = out.get(out.size() - 1).pass().plate().looks();
    assertThat(looks)
        .extracting(look -> look.read().text())
        .containsExactly("B1234XYI", "B1234XYZ", "B1234XYZ", "B1234XYZ", "B1234XYZ");
    assertThat(looks).extracting(PlateLook::capturedAt).isSorted();
    assertThat(looks.get(0).read().characterScores()).hasSize(8);
  }

  @Test
  void picturesAreMadeOfFramesWorthKeepingAndWrittenWhenSomebodyIsTold() throws Exception {
    for (int i = 0; i < 40; i++) {
      passes.onFrame(tracks, frame("cam-1", i), found(carWithPlate(i)), output(out, questions));
    }
    // The reads are equally sure: the first is the best, the announcement comes with the second.
    assertThat(evidence.kept).containsExactly("frame-0");
    assertThat(evidence.published).containsExactly("frame-0");
    passes.endAll(tracks, output(out, questions));
    assertThat(evidence.published).containsExactly("frame-0", "frame-0");
    assertThat(evidence.discarded).isEmpty();
  }

  @Test
  void aVehicleComingNearerIsNotKeptInEveryFrame() throws Exception {
    for (int i = 0; i < 40; i++) {
      PairedDetection nearer = vehicle(100 + 2 * i, 80 + 2 * i);
      passes.onFrame(tracks, frame("cam-1", i), found(nearer), output(out, questions));
    }
    passes.endAll(tracks, output(out, questions));
    assertThat(evidence.kept.size()).isBetween(4, 8);
    assertThat(evidence.published).containsExactly(out.get(0).pass().evidence().framePath());
  }

  private static PairedDetection vehicle(double width, double height) {
    return new PairedDetection(
        new Detection("car", 0.9, new BoundingBox(100, 100, 100 + width, 100 + height)),
        null,
        null,
        0,
        false);
  }

  @Test
  void anAgreedReadIsAnnouncedOnceAndAChangedOneAgain() throws Exception {
    for (int i = 0; i < 5; i++) {
      passes.onFrame(tracks, frame("cam-1", i), found(carWithPlate(i)), output(out, questions));
    }
    assertThat(out).hasSize(1);
    assertThat(out.get(0).ended()).isFalse();
    assertThat(out.get(0).pass().plate().agreeingReads()).isEqualTo(2);
  }

  @Test
  void aGateIsToldAgainWhileMoreReadsAgreeAndThenEachSecond() throws Exception {
    CameraTracks gate = new CameraTracks(camera("cam-1"));
    for (int i = 0; i < 40; i++) {
      passes.onFrame(gate, frame("cam-1", i), found(carWithPlate(i)), output(out, questions));
    }
    assertThat(out)
        .extracting(update -> update.pass().plate().agreeingReads())
        .containsExactly(2, 3, 4, 4, 4, 4);
    assertThat(out).allMatch(PassUpdate::inView);
    assertThat(out.get(5).pass().seen().last())
        .isEqualTo(out.get(4).pass().seen().last().plusSeconds(1));
    // The picture is there when the gate is told, whatever is written later.
    assertThat(out.get(0).pass().evidence().framePath()).isEqualTo("frame-0");
    assertThat(evidence.published).contains("frame-0");

    passes.endAll(gate, output(out, questions));
    assertThat(out.get(out.size() - 1).inView()).isFalse();
  }

  @Test
  void aGateIsToldOfAVehicleThatStandsAndCannotBeRead() throws Exception {
    CameraTracks gate = new CameraTracks(camera("cam-1"));
    for (int i = 0; i < 60; i++) {
      passes.onFrame(gate, frame("cam-1", i), found(vehicle(100, 80)), output(out, questions));
    }
    assertThat(out)
        .singleElement()
        .satisfies(
            update -> {
              assertThat(update.stage()).isEqualTo(PassUpdate.Stage.PROVISIONAL);
              assertThat(update.inView()).isTrue();
              assertThat(update.pass().plateText()).isEmpty();
              assertThat(update.pass().seen().last())
                  .isEqualTo(START.plus(AccessConfig.DEFAULT.unreadAfter()));
            });
    passes.endAll(gate, output(out, questions));
    assertThat(out).hasSize(2);
    assertThat(out.get(1).pass().passId()).isEqualTo(out.get(0).pass().passId());
  }

  @Test
  void everyStillIsItsOwnScene() throws Exception {
    for (int i = 0; i < 3; i++) {
      passes.onFrame(
          tracks,
          frame("cam-1", i, true, new AtomicInteger()),
          found(carWithPlate(0)),
          output(out, questions));
    }
    passes.onFrame(
        tracks,
        frame("cam-1", 3, true, new AtomicInteger()),
        found(carAlone(0)),
        output(out, questions));
    assertThat(out).allMatch(PassUpdate::ended);
    assertThat(out)
        .extracting(u -> u.pass().type())
        .containsExactly(
            DetectionType.VEHICLE_WITH_PLATE,
            DetectionType.VEHICLE_WITH_PLATE,
            DetectionType.VEHICLE_WITH_PLATE,
            DetectionType.VEHICLE_WITHOUT_PLATE);
    assertThat(out).extracting(u -> u.pass().passId()).doesNotHaveDuplicates();
  }

  @Test
  void aFlickerOfAFilmIsNoise() throws Exception {
    passes.onFrame(tracks, frame("cam-1", 0), found(carAlone(0)), output(out, questions));
    int noise = 0;
    for (int i = 1; i < 40; i++) {
      noise += passes.onFrame(tracks, frame("cam-1", i), found(), output(out, questions));
    }
    assertThat(out).isEmpty();
    assertThat(noise).isEqualTo(1);
    assertThat(tracks.drafts).isEmpty();
    assertThat(evidence.discarded).containsExactly("frame-0");
    assertThat(evidence.published).isEmpty();
  }

  @Test
  void aVehicleThatWasNeverSurelySeenIsNoise() throws Exception {
    BoundingBox box = new BoundingBox(100, 100, 220, 180);
    for (double score : List.of(0.59, 0.6)) {
      PairedDetection shadow =
          new PairedDetection(new Detection("car", score, box), null, null, 0, false);
      for (int i = 0; i < 10; i++) {
        passes.onFrame(tracks, frame("cam-1", i), found(shadow), output(out, questions));
      }
      int noise = passes.endAll(tracks, output(out, questions));
      assertThat(noise).isEqualTo(score < 0.6 ? 1 : 0);
      assertThat(out).hasSize(1 - noise);
    }
  }

  @Test
  void aReplayGivesTheSamePasses() throws Exception {
    fortyFramesOfOneVehicleAreOnePass();
    List<PassUpdate> first = List.copyOf(out);
    out.clear();
    CameraTracks again = new CameraTracks(camera("cam-1").withGate(GateType.PASSAGE));
    for (int i = 0; i < 40; i++) {
      passes.onFrame(again, frame("cam-1", i), found(carWithPlate(i)), output(out, questions));
    }
    passes.endAll(again, output(out, questions));
    assertThat(out)
        .extracting(u -> u.pass().passId())
        .containsExactlyElementsOf(first.stream().map(u -> u.pass().passId()).toList());
  }

  @Test
  void theVoteDecidesAndTheSurestAgreeingFrameIsTheWinner() throws Exception {
    String[] texts = {"B1234XYZ", "B1Z34XYZ", "B1234XYZ", "B1234XYZ"};
    for (int i = 0; i < 8; i++) {
      readsNext = texts[Math.min(reads.get(), 3)];
      passes.onFrame(tracks, frame("cam-1", i), found(carWithPlate(i)), output(out, questions));
    }
    passes.endAll(tracks, output(out, questions));
    VehiclePass pass = out.get(out.size() - 1).pass();
    assertThat(pass.plate().text()).isEqualTo("B1234XYZ");
    assertThat(pass.plate().reads()).isEqualTo(4);
    assertThat(pass.plate().agreeingReads()).isEqualTo(3);
  }

  @Test
  void anUnsureReadLeavesAVehicleWithAPlateThatWasNotRead() throws Exception {
    readScore = 0.01;
    for (int i = 0; i < 5; i++) {
      passes.onFrame(tracks, frame("cam-1", i), found(carWithPlate(i)), output(out, questions));
    }
    passes.endAll(tracks, output(out, questions));
    assertThat(out).singleElement().satisfies(u -> assertThat(u.pass().plate().text()).isEmpty());
  }

  @Test
  void aTextOfNoFormatMustBeAsSureAsAnAlert() throws Exception {
    readScore = 0.4;
    for (String text : List.of("GATEEXIT", "B1234XYZ")) {
      out.clear();
      readsNext = text;
      passes.onFrame(tracks, frame("cam-1", 0), found(carWithPlate(0)), output(out, questions));
      for (int i = 1; i < 5; i++) {
        passes.onFrame(tracks, frame("cam-1", i), found(carAlone(i)), output(out, questions));
      }
      passes.endAll(tracks, output(out, questions));
      String kept = text.equals("GATEEXIT") ? "" : text;
      assertThat(out)
          .singleElement()
          .satisfies(u -> assertThat(u.pass().plate().text()).isEqualTo(kept));
    }
  }

  @Test
  void whatOnlyLooksLikeAPlateIsNoise() throws Exception {
    readScore = 0.01;
    PairedDetection sign = new PairedDetection(null, carWithPlate(0).plate(), null, 0, false);
    for (int i = 0; i < 5; i++) {
      passes.onFrame(tracks, frame("cam-1", i), found(sign), output(out, questions));
    }
    assertThat(passes.endAll(tracks, output(out, questions))).isEqualTo(1);
    assertThat(out).isEmpty();
  }

  @Test
  void stillsOfOneInstantAreDifferentPasses() throws Exception {
    Frame one = frame("cam-1", 0, true, new AtomicInteger());
    Frame other =
        new Frame(one.camera(), 1, one.capturedAt(), one.receivedAt(), "another.jpg", one.pixels());
    passes.onFrame(tracks, one, found(carWithPlate(0)), output(out, questions));
    passes.onFrame(tracks, other, found(carWithPlate(0)), output(out, questions));
    assertThat(out).extracting(u -> u.pass().passId()).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void aSureReadingAsksNobody() throws Exception {
    for (int i = 0; i < 10; i++) {
      passes.onFrame(tracks, frame("cam-1", i), found(carWithPlate(i)), output(out, questions));
    }
    passes.endAll(tracks, output(out, questions));
    assertThat(questions).isEmpty();
    assertThat(out).noneMatch(PassUpdate::asked);
  }

  @Test
  void anUnsureReadingAsksOnceWhenTheTrackEnds() throws Exception {
    readScore = 0.4;
    for (int i = 0; i < 4; i++) {
      passes.onFrame(tracks, frame("cam-1", i), found(carWithPlate(i)), output(out, questions));
    }
    assertThat(questions).isEmpty();
    passes.endAll(tracks, output(out, questions));
    assertThat(questions)
        .singleElement()
        .satisfies(
            question -> {
              assertThat(question.passId()).isEqualTo(out.get(out.size() - 1).pass().passId());
              assertThat(question.reason()).isEqualTo("unsure");
              assertThat(question.crop()).startsWith((byte) 0xFF, (byte) 0xD8);
            });
    assertThat(out.get(out.size() - 1).asked()).isTrue();
  }

  @Test
  void aParkedVehicleThatCannotBeReadAsksOnceWhileItStands() throws Exception {
    readScore = 0.3;
    for (int i = 0; i < 60; i++) {
      passes.onFrame(tracks, frame("cam-1", i), found(carWithPlate(0)), output(out, questions));
    }
    assertThat(questions).hasSize(1);
    passes.endAll(tracks, output(out, questions));
    assertThat(questions).hasSize(1);
  }

  @Test
  void aVehicleThatWasHiddenIsOnePassAgain() throws Exception {
    for (int i = 0; i < 10; i++) {
      passes.onFrame(tracks, frame("cam-1", i), found(carWithPlate(i)), output(out, questions));
    }
    // Longer than a track lives, shorter than its plate is remembered.
    for (int i = 10; i < 30; i++) {
      passes.onFrame(tracks, frame("cam-1", i), found(), output(out, questions));
    }
    for (int i = 30; i < 40; i++) {
      passes.onFrame(tracks, frame("cam-1", i), found(carWithPlate(200)), output(out, questions));
    }
    passes.endAll(tracks, output(out, questions));

    assertThat(out).filteredOn(PassUpdate::ended).hasSize(1);
    VehiclePass pass = out.get(out.size() - 1).pass();
    assertThat(pass.passId()).isEqualTo(out.get(0).pass().passId());
    assertThat(pass.seen().first()).isEqualTo(START);
    assertThat(pass.seen().last()).isEqualTo(START.plusMillis(3900));
    assertThat(pass.seen().frames()).isEqualTo(20);
    assertThat(pass.direction()).isEqualTo("right");
    assertThat(tracks.isEmpty()).isTrue();
  }

  @Test
  void aPlateThatComesBackMuchLaterIsANewPass() throws Exception {
    for (int i = 0; i < 10; i++) {
      passes.onFrame(tracks, frame("cam-1", i), found(carWithPlate(i)), output(out, questions));
    }
    for (int i = 10; i < 80; i++) {
      passes.onFrame(tracks, frame("cam-1", i), found(), output(out, questions));
    }
    for (int i = 80; i < 90; i++) {
      passes.onFrame(tracks, frame("cam-1", i), found(carWithPlate(0)), output(out, questions));
    }
    passes.endAll(tracks, output(out, questions));
    assertThat(out).filteredOn(PassUpdate::ended).hasSize(2);
  }

  @Test
  void aParkedVehicleThatIsLostForAWhileIsOnePass() throws Exception {
    readsNext = "";
    readScore = 0;
    for (int i = 0; i < 3100; i += 10) {
      passes.onFrame(tracks, frame("cam-1", i), found(carAlone(0)), output(out, questions));
    }
    for (int i = 3100; i < 3400; i += 10) {
      passes.onFrame(tracks, frame("cam-1", i), found(), output(out, questions));
    }
    for (int i = 3400; i < 3500; i += 10) {
      passes.onFrame(tracks, frame("cam-1", i), found(carAlone(1)), output(out, questions));
    }
    assertThat(out).isEmpty();
    passes.endAll(tracks, output(out, questions));
    assertThat(out).filteredOn(PassUpdate::ended).hasSize(1);
    assertThat(out.get(0).pass().direction()).isEqualTo("standing");
    assertThat(out.get(0).pass().seen().frames()).isEqualTo(320);
  }
}
