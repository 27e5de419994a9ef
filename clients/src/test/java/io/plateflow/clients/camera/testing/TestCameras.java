package io.plateflow.clients.camera.testing;

import io.plateflow.clients.camera.CameraPosition;
import io.plateflow.clients.camera.FrameSourceConfig;
import io.plateflow.clients.config.ConfigFile;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Rotation;
import io.plateflow.schemas.geometry.Area;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** Cameras and options for tests. */
public final class TestCameras {

  public static final Instant RECORDED_AT = Instant.parse("2026-03-01T01:00:00Z");

  private TestCameras() {}

  public static CameraDefinition camera(String id, String uri) {
    return camera(id, uri, RECORDED_AT, 0);
  }

  public static CameraDefinition camera(
      String id, String uri, Instant recordedAt, double maxFrameRate) {
    return new CameraDefinition(
        id,
        uri,
        "gate " + id,
        GateType.ENTRY,
        List.of(
            new Area(List.of(new Area.Point(0, 0), new Area.Point(1, 0), new Area.Point(0.5, 1)))),
        maxFrameRate,
        ZoneId.of("Asia/Jakarta"),
        true,
        recordedAt,
        List.of("id"));
  }

  /** The same camera, hung sideways at a gate for listed vehicles, with a sign in its corner. */
  public static CameraDefinition turned(CameraDefinition camera) {
    Area sign =
        new Area(List.of(new Area.Point(0.5, 0), new Area.Point(1, 0), new Area.Point(1, 0.25)));
    return camera
        .withIgnoreAreas(List.of(sign))
        .withRotate(Rotation.THREE_QUARTERS)
        .withPermitOnly(true);
  }

  public static FrameSourceConfig options(String yaml) {
    ConfigFile config = ConfigFile.parse(yaml, "test", name -> null);
    FrameSourceConfig options = config.bind(FrameSourceConfig.DEFAULT);
    config.finish();
    return options;
  }

  /** Where reading stands after the given frame. */
  public static CameraPosition behind(long sequence, long timestampMicros, String entry) {
    return new CameraPosition(
        sequence + 1, timestampMicros, entry, RECORDED_AT, Long.MIN_VALUE, sequence + 1, 0, false);
  }
}
