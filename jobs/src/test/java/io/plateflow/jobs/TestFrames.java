package io.plateflow.jobs;

import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.ReadRequest;
import io.plateflow.jobs.track.PassOutput;
import io.plateflow.models.engine.FrameDetections;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.detection.Pairing;
import io.plateflow.schemas.detection.PairingMethod;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.frame.FrameSize;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.pass.Evidence;
import io.plateflow.schemas.pass.PassFrame;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.PassVehicle;
import io.plateflow.schemas.pass.Period;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateLook;
import io.plateflow.schemas.plate.PlateRead;
import io.plateflow.schemas.plate.RungRead;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Cameras, frames, detections and reads for tests. */
public final class TestFrames {

  public static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  private TestFrames() {}

  public static CameraDefinition camera(String id) {
    return camera(id, "rtsp://camera.test/" + id, null);
  }

  public static CameraDefinition camera(String id, String uri, Instant recordedAt) {
    return new CameraDefinition(
        id,
        uri,
        "Gate " + id,
        GateType.ENTRY,
        List.of(),
        0,
        ZoneOffset.UTC,
        true,
        recordedAt,
        List.of());
  }

  /** A 640x360 frame of a film at 10 frames per second. */
  public static Frame frame(String camera, long sequence) {
    return frame(camera, sequence, false, new AtomicInteger());
  }

  /**
   * @param released counts the release of the pixels
   */
  public static Frame frame(String camera, long sequence, boolean still, AtomicInteger released) {
    return frame(camera(camera), sequence, still, released);
  }

  public static Frame frame(
      CameraDefinition camera, long sequence, boolean still, AtomicInteger released) {
    Instant at = START.plusMillis(100 * sequence);
    return new Frame(
        camera,
        sequence,
        at,
        at,
        still ? "still-%d.jpg".formatted(sequence) : null,
        new Pixels(ByteBuffer.allocateDirect(640 * 360 * 3), 640, 360, released::incrementAndGet));
  }

  /** A car whose plate lies in its middle, moved right by so many pixels. */
  public static PairedDetection carWithPlate(double dx) {
    return new PairedDetection(
        new Detection("car", 0.9, new BoundingBox(100 + dx, 100, 300 + dx, 260)),
        new Detection("plate", 0.8, new BoundingBox(160 + dx, 200, 240 + dx, 225)),
        PairingMethod.CONTAINMENT,
        0.9,
        false);
  }

  public static PairedDetection carAlone(double dx) {
    return new PairedDetection(
        new Detection("car", 0.9, new BoundingBox(100 + dx, 100, 300 + dx, 260)),
        null,
        null,
        0,
        false);
  }

  public static FrameDetections found(PairedDetection... detections) {
    return new FrameDetections(List.of(detections), 5, 3);
  }

  public static PlateRead read(String text, double confidence) {
    float[] scores = new float[text.length()];
    Arrays.fill(scores, (float) confidence);
    return new PlateRead(
        text,
        confidence,
        scores,
        List.of(new PlateRead.Candidate(text, confidence)),
        null,
        "id",
        "local");
  }

  public static PlateAttributes attributes(String number) {
    return new PlateAttributes(
        number,
        "08.29",
        "black",
        "white",
        null,
        null,
        false,
        "private",
        "B",
        "Jakarta/Metro Jaya",
        "id");
  }

  /** An update about a pass that Gemini was asked about where it is still to be resolved. */
  public static PassUpdate update(VehiclePass pass, PassUpdate.Stage stage) {
    String text = pass.plate() == null ? "" : pass.plate().text();
    boolean inView = stage == PassUpdate.Stage.PROVISIONAL;
    return new PassUpdate(pass, stage, read(text, 0.5), List.of("id"), true, null, false, inView);
  }

  /** An output that keeps both kinds of results. */
  public static PassOutput output(List<PassUpdate> updates, List<ReadRequest> questions) {
    return new PassOutput() {
      @Override
      public void update(PassUpdate update) {
        updates.add(update);
      }

      @Override
      public void ask(ReadRequest request) {
        questions.add(request);
      }
    };
  }

  /** A finished pass of a car; no plate where the text is null. */
  public static VehiclePass pass(String passId, String text) {
    return new VehiclePass(
        passId,
        0,
        Place.of(camera("cam-1")),
        new Period(START, START.plusSeconds(2), 20),
        new PassFrame(START.plusSeconds(1), new FrameSize(640, 360), 8),
        new Pairing(PairingMethod.CONTAINMENT, 0.9, false),
        new PassVehicle("car", 0.9, new BoundingBox(100, 100, 300, 260)),
        text == null
            ? null
            : new PassPlate(
                text,
                new BoundingBox(160, 200, 240, 225),
                0.8,
                0.95,
                4,
                3,
                "local",
                attributes(text),
                List.of(RungRead.of(read(text, 0.5))),
                null,
                List.of(
                    new PlateLook(START, RungRead.of(read(text, 0.4))),
                    new PlateLook(START.plusSeconds(1), RungRead.of(read(text, 0.5))))),
        null,
        Evidence.NONE,
        "towards",
        List.of());
  }

  /** A match on the black or the white list. */
  public static ListMatch listMatch(AccessList list, String plate, double distance) {
    return ListMatch.of(
        list,
        plate,
        plate,
        distance == 0 ? ListMatch.Kind.EXACT : ListMatch.Kind.FUZZY,
        distance,
        0.6);
  }
}
