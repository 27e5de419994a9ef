package io.plateflow.schemas.camera;

import io.plateflow.schemas.geometry.Area;
import io.plateflow.schemas.geometry.DetectionAreas;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One camera of the catalogue.
 *
 * @param id unique; letters, digits, dot, dash and underscore
 * @param uri where its frames come from: {@code rtsp://}, {@code rtsps://}, {@code http(s)://}, a
 *     video file, a folder of JPEG/PNG stills, or {@code webcam:N}; may hold credentials and is
 *     never printed whole
 * @param location name of the place it watches; the camera's id where nothing was given
 * @param gate what it watches there
 * @param areas detection areas; empty means the whole frame
 * @param maxFrameRate frames per second that are looked at, at most; 0 means all
 * @param timezone of the place
 * @param enabled a disabled camera is kept in the catalogue and not opened
 * @param recordedAt capture time of the first frame of a file or folder; null takes it from the
 *     file itself; live cameras ignore it
 * @param regions countries whose plates are expected, ISO 3166 lower case, most likely first; empty
 *     means any
 * @param site the car park that its gate belongs to: a vehicle that came in at one gate of a site
 *     leaves by a gate of the same site
 * @param retention age at which its passes and their pictures are deleted; zero keeps them for
 *     ever, null leaves it to the default of the job
 * @param ignoreAreas where nothing is looked for, inside {@code areas} too
 * @param rotate turns its pictures before everything else: areas and boxes are those of the turned
 *     picture
 * @param permitOnly whether only listed vehicles are let in at its gate
 */
@RecordBuilder
public record CameraDefinition(
    String id,
    String uri,
    String location,
    GateType gate,
    List<Area> areas,
    double maxFrameRate,
    ZoneId timezone,
    boolean enabled,
    @Nullable Instant recordedAt,
    List<String> regions,
    String site,
    @Nullable Duration retention,
    List<Area> ignoreAreas,
    Rotation rotate,
    boolean permitOnly)
    implements CameraDefinitionBuilder.With, Serializable {

  /** The site of cameras that name none. */
  public static final String DEFAULT_SITE = "default";

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^/@\\s]+@");
  private static final Pattern QUERY_VALUE = Pattern.compile("(?<=[?&][\\w.-]{1,50}=)[^&\\s]+");

  public CameraDefinition {
    if (id == null || !ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "camera id: found '%s', expected 1 to 100 letters, digits, '.', '_' or '-'"
              .formatted(id));
    }
    if (uri == null || uri.isBlank()) {
      throw new IllegalArgumentException("camera %s: uri is missing".formatted(id));
    }
    if (!(maxFrameRate >= 0)) {
      throw new IllegalArgumentException(
          "camera %s: max frame rate: found %s, expected 0 or more".formatted(id, maxFrameRate));
    }
    if (site == null || site.isBlank()) {
      throw new IllegalArgumentException(
          "camera %s: site: found nothing, expected a name".formatted(id));
    }
    if (retention != null && retention.isNegative()) {
      throw new IllegalArgumentException(
          "camera %s: retention: found %s, expected 0 or more".formatted(id, retention));
    }
    areas = List.copyOf(areas);
    ignoreAreas = List.copyOf(ignoreAreas);
    regions = List.copyOf(regions);
  }

  /** A camera of the default site and retention that ignores nothing and stands upright. */
  public CameraDefinition(
      String id,
      String uri,
      String location,
      GateType gate,
      List<Area> areas,
      double maxFrameRate,
      ZoneId timezone,
      boolean enabled,
      @Nullable Instant recordedAt,
      List<String> regions) {
    this(
        id,
        uri,
        location,
        gate,
        areas,
        maxFrameRate,
        timezone,
        enabled,
        recordedAt,
        regions,
        DEFAULT_SITE,
        null,
        List.of(),
        Rotation.NONE,
        false);
  }

  /** Where its vehicles and plates are looked for, in the turned picture. */
  public DetectionAreas detectionAreas() {
    return new DetectionAreas(areas, ignoreAreas);
  }

  /**
   * The address without user, password and query values, fit for logs: {@code rtsp://***@host/}.
   */
  public String printableUri() {
    return QUERY_VALUE.matcher(CREDENTIALS.matcher(uri).replaceAll("***@")).replaceAll("***");
  }

  @Override
  public String toString() {
    return "CameraDefinition[id=%s, uri=%s, location=%s, gate=%s]"
        .formatted(id, printableUri(), location, gate);
  }
}
