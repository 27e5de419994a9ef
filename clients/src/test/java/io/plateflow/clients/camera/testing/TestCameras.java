package io.plateflow.clients.camera.testing;

import io.plateflow.clients.camera.CameraPosition;
import io.plateflow.clients.camera.FrameSourceConfig;
import io.plateflow.clients.config.ConfigFile;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.geometry.Area;
import java.time.Duration;
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

  public static CameraDefinition disabled(CameraDefinition camera) {
    return new CameraDefinition(
        camera.id(),
        camera.uri(),
        camera.location(),
        camera.gate(),
        camera.areas(),
        camera.maxFrameRate(),
        camera.timezone(),
        false,
        camera.recordedAt(),
        camera.regions(),
        camera.site(),
        camera.retention());
  }

  public static CameraDefinition at(String location, CameraDefinition camera) {
    return new CameraDefinition(
        camera.id(),
        camera.uri(),
        location,
        camera.gate(),
        camera.areas(),
        camera.maxFrameRate(),
        camera.timezone(),
        camera.enabled(),
        camera.recordedAt(),
        camera.regions(),
        camera.site(),
        camera.retention());
  }

  public static CameraDefinition atSite(String site, CameraDefinition camera) {
    return new CameraDefinition(
        camera.id(),
        camera.uri(),
        camera.location(),
        camera.gate(),
        camera.areas(),
        camera.maxFrameRate(),
        camera.timezone(),
        camera.enabled(),
        camera.recordedAt(),
        camera.regions(),
        site,
        camera.retention());
  }

  public static CameraDefinition keptFor(Duration retention, CameraDefinition camera) {
    return new CameraDefinition(
        camera.id(),
        camera.uri(),
        camera.location(),
        camera.gate(),
        camera.areas(),
        camera.maxFrameRate(),
        camera.timezone(),
        camera.enabled(),
        camera.recordedAt(),
        camera.regions(),
        camera.site(),
        retention);
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
