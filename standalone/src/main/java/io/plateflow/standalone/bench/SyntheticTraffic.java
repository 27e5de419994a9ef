package io.plateflow.standalone.bench;

import io.plateflow.models.engine.FrameDetections;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.detection.PairingMethod;
import io.plateflow.schemas.geometry.BoundingBox;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Synthetic detections at many gates: at each camera a vehicle appears every twelve seconds for
 * three, and every fourth is followed by one in the other lane. Boxes jitter, plates are missed at
 * times. Deterministic.
 */
final class SyntheticTraffic implements Serializable {

  static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  static final int FRAMES_PER_SECOND = 5;
  static final int FRAME_WIDTH = 1280;
  static final int FRAME_HEIGHT = 720;

  private static final long serialVersionUID = 1L;
  private static final int CYCLE_FRAMES = 12 * FRAMES_PER_SECOND;
  private static final int IN_VIEW_FRAMES = 3 * FRAMES_PER_SECOND;

  /** The second lane's vehicle comes so much later. */
  private static final int SECOND_LANE_DELAY = FRAMES_PER_SECOND;

  /** Plates of the second lane lie below this line. */
  private static final double LANE_BORDER = FRAME_HEIGHT * 0.6;

  private static final String CONFUSED = "8B0D1I5S2Z6G";

  /** Capture time of a camera's frame. */
  static Instant at(long frame) {
    return START.plusMillis(1000 * frame / FRAMES_PER_SECOND);
  }

  static CameraDefinition camera(int number) {
    return new CameraDefinition(
        "cam-%04d".formatted(number),
        "rtsp://camera.invalid/%d".formatted(number),
        "Gate %d".formatted(number),
        number % 2 == 0 ? GateType.ENTRY : GateType.EXIT,
        List.of(),
        0,
        ZoneOffset.UTC,
        true,
        null,
        List.of("id"));
  }

  /**
   * Whether a frame of this camera would pass the motion gate: one with a vehicle, or the one per
   * second of an empty scene.
   */
  boolean isLookedAt(int camera, long frame) {
    return inView(camera, frame, 0)
        || inView(camera, frame, 1)
        || (frame + camera) % FRAMES_PER_SECOND == 0;
  }

  FrameDetections detections(int camera, long frame) {
    List<PairedDetection> found = new ArrayList<>(2);
    for (int lane = 0; lane < 2; lane++) {
      if (inView(camera, frame, lane)) {
        found.add(vehicle(camera, frame, lane));
      }
    }
    return new FrameDetections(found, 0, 0);
  }

  private static long shifted(int camera, long frame, int lane) {
    return frame + hash(camera, 1) % CYCLE_FRAMES - (long) lane * SECOND_LANE_DELAY;
  }

  private static boolean inView(int camera, long frame, int lane) {
    long own = shifted(camera, frame, lane);
    return own >= 0
        && own % CYCLE_FRAMES < IN_VIEW_FRAMES
        && (lane == 0 || (own / CYCLE_FRAMES + hash(camera, 2)) % 4 == 0);
  }

  private static PairedDetection vehicle(int camera, long frame, int lane) {
    long way = shifted(camera, frame, lane) % CYCLE_FRAMES;
    double shake = hash(camera, 7 * frame + lane) % 100 / 25.0;
    double width = 220 + 10 * way;
    double x = 150 + 30 * way + shake;
    double y = 120 + 260 * lane + 8 * way + shake;
    Detection car = new Detection("car", 0.85, new BoundingBox(x, y, x + width, y + 0.7 * width));
    if (hash(camera, 11 * frame + lane) % 10 == 0) {
      return new PairedDetection(car, null, null, 0, false);
    }
    BoundingBox plate =
        new BoundingBox(
            x + 0.35 * width, y + 0.5 * width, x + 0.65 * width, y + 0.5 * width + 0.1 * width);
    return new PairedDetection(
        car, new Detection("plate", 0.8, plate), PairingMethod.CONTAINMENT, 0.9, false);
  }

  /** What a reader makes of a plate in a frame; one read in five has a character wrong. */
  String read(String cameraId, Instant capturedAt, BoundingBox plate) {
    int camera = Integer.parseInt(cameraId.substring("cam-".length()));
    long frame = (capturedAt.toEpochMilli() - START.toEpochMilli()) * FRAMES_PER_SECOND / 1000;
    int lane = plate.centreY() > LANE_BORDER ? 1 : 0;
    long vehicle = shifted(camera, frame, lane) / CYCLE_FRAMES;
    String text = plate(hash(camera, 2 * vehicle + lane));
    long luck = hash(camera, 13 * frame + lane);
    if (luck % 5 > 0) {
      return text;
    }
    int wrong = (int) (luck / 5 % text.length());
    char instead = CONFUSED.charAt((int) (luck / 50 % CONFUSED.length()));
    return text.substring(0, wrong) + instead + text.substring(wrong + 1);
  }

  /** A private Indonesian plate. */
  static String plate(long number) {
    return "B%04d%c%c%c"
        .formatted(
            1000 + number % 9000,
            'A' + (char) (number / 9000 % 26),
            'A' + (char) (number / 234_000 % 26),
            'A' + (char) (number / 6_084_000 % 26));
  }

  /**
   * A number from 0 on that looks like chance: the last step of SplitMix64 (Steele et al. 2014).
   */
  static long hash(long camera, long what) {
    long z = camera * 0x9E3779B97F4A7C15L + what * 0xD1B54A32D192ED03L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return (z ^ (z >>> 31)) >>> 1;
  }
}
