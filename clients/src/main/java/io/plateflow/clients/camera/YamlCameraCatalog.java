package io.plateflow.clients.camera;

import com.fasterxml.jackson.databind.JsonNode;
import io.plateflow.clients.config.ConfigSection;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.geometry.Area;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the cameras of a YAML file, under the key {@code cameras}. A relative path of a file or
 * folder starts at the YAML file's folder. {@code ${NAME}} in an address is filled only where the
 * camera is opened, so that credentials reach neither logs nor checkpoints.
 */
public final class YamlCameraCatalog implements CameraCatalog {

  private static final long serialVersionUID = 1L;
  private static final Duration LONGEST_RETENTION = Duration.ofDays(36_500);
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private final String file;

  public YamlCameraCatalog(Path file) {
    this.file = file.toAbsolutePath().toString();
  }

  /**
   * @throws io.plateflow.clients.config.ConfigException naming every problem of the file
   */
  @Override
  public List<CameraDefinition> load() {
    ConfigSection config = ConfigSection.read(Path.of(file));
    List<CameraDefinition> cameras = cameras(config, Path.of(file).getParent());
    config.finish();
    return cameras;
  }

  /**
   * Reads the key {@code cameras} of any configuration; problems are noted there.
   *
   * @param folder where relative paths start
   */
  public static List<CameraDefinition> cameras(ConfigSection config, Path folder) {
    List<CameraDefinition> cameras = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (ConfigSection section : config.sections("cameras")) {
      CameraDefinition camera = camera(section, folder);
      if (camera != null) {
        cameras.add(camera);
        ids.add(camera.id());
      }
    }
    CameraIds.repeated(ids)
        .forEach(id -> config.problem("cameras", "id %s stands more than once".formatted(id)));
    return cameras;
  }

  private static CameraDefinition camera(ConfigSection section, Path folder) {
    String id = section.string("id");
    String uri = section.unfilled("uri", "");
    String location = section.string("location", id);
    GateType gate = section.oneOf("gate", GateType.class, GateType.PASSAGE);
    List<Area> areas = section.tree("areas", List.of(), YamlCameraCatalog::areas);
    double maxFrameRate = section.decimal("max-frame-rate", 0, 0, 1000);
    ZoneId timezone = section.parsed("timezone", ZoneOffset.UTC, YamlCameraCatalog::zone);
    boolean enabled = section.bool("enabled", true);
    Instant recordedAt = section.parsed("recorded-at", null, YamlCameraCatalog::instant);
    List<String> regions = section.list("regions");
    for (String region : regions) {
      if (!COUNTRIES.contains(region.toUpperCase(Locale.ROOT))) {
        section.problem("regions", "found '%s', expected ISO 3166 country codes".formatted(region));
      }
    }
    String site = section.string("site", CameraDefinition.DEFAULT_SITE);
    Duration retention = section.duration("retention", null, Duration.ZERO, LONGEST_RETENTION);
    if (uri.isEmpty()) {
      section.problem("uri", "is missing");
      return null;
    }
    try {
      CameraDefinition camera =
          new CameraDefinition(
              id,
              uri,
              location,
              gate,
              areas,
              maxFrameRate,
              timezone,
              enabled,
              recordedAt,
              regions.stream().map(r -> r.toLowerCase(Locale.ROOT)).toList(),
              site,
              retention);
      return CameraInput.of(camera) == CameraInput.RECORDED && !uri.startsWith("file://")
          ? withUri(camera, folder.resolve(CameraInput.path(camera)).toString())
          : camera;
    } catch (IllegalArgumentException | CameraSourceException e) {
      section.problem("uri", e.getMessage());
      return null;
    }
  }

  private static CameraDefinition withUri(CameraDefinition camera, String uri) {
    return new CameraDefinition(
        camera.id(),
        uri,
        camera.location(),
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

  private static List<Area> areas(JsonNode node) {
    String expected = "expected a list of areas, each a list of [x, y] corners in 0..1";
    List<Area> areas = new ArrayList<>();
    for (JsonNode area : list(node, expected)) {
      List<Area.Point> points = new ArrayList<>();
      for (JsonNode corner : list(area, expected)) {
        List<JsonNode> xy = list(corner, expected);
        if (xy.size() != 2 || !xy.get(0).isNumber() || !xy.get(1).isNumber()) {
          throw new IllegalArgumentException("found corner %s, %s".formatted(corner, expected));
        }
        points.add(new Area.Point(xy.get(0).asDouble(), xy.get(1).asDouble()));
      }
      areas.add(new Area(points));
    }
    return areas;
  }

  private static List<JsonNode> list(JsonNode node, String expected) {
    if (!node.isArray()) {
      throw new IllegalArgumentException("found %s, %s".formatted(node, expected));
    }
    List<JsonNode> elements = new ArrayList<>();
    node.elements().forEachRemaining(elements::add);
    return elements;
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "found '%s', expected a timezone such as Asia/Jakarta".formatted(text), e);
    }
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "found '%s', expected a time such as 2026-03-01T08:00:00+07:00".formatted(text), e);
    }
  }
}
