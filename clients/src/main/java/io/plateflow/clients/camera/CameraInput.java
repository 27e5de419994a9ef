package io.plateflow.clients.camera;

import io.plateflow.schemas.camera.CameraDefinition;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kind of input that a camera's address names. */
public enum CameraInput {
  RTSP,
  /** HTTP(S) or another live protocol that FFmpeg opens. */
  STREAM,
  WEBCAM,
  /** A video file or a folder of stills. */
  RECORDED;

  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://.*");
  private static final Pattern WEBCAM_ADDRESS = Pattern.compile("webcam:(\\d{1,3})");

  /**
   * @throws CameraSourceException for an address of an unknown kind
   */
  public static CameraInput of(CameraDefinition camera) {
    String uri = camera.uri();
    if (uri.startsWith("webcam:")) {
      if (!WEBCAM_ADDRESS.matcher(uri).matches()) {
        throw new CameraSourceException(
            "camera %s: found uri %s, expected webcam:N with a number"
                .formatted(camera.id(), camera.printableUri()));
      }
      return WEBCAM;
    }
    Matcher scheme = SCHEME.matcher(uri);
    if (!scheme.matches()) {
      return RECORDED;
    }
    return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
      case "rtsp", "rtsps" -> RTSP;
      case "http", "https", "rtmp", "rtmps", "srt", "udp", "tcp", "rtp" -> STREAM;
      case "file" -> RECORDED;
      default ->
          throw new CameraSourceException(
              "camera %s: found uri %s, expected rtsp(s)://, http(s)://, rtmp(s)://, srt://, udp://, tcp://, rtp://, webcam:N, a video file or a folder"
                  .formatted(camera.id(), camera.printableUri()));
    };
  }

  /** The file or folder of a recorded input. */
  public static Path path(CameraDefinition camera) {
    try {
      return camera.uri().startsWith("file://")
          ? Path.of(URI.create(camera.uri()))
          : Path.of(camera.uri());
    } catch (IllegalArgumentException e) {
      throw new CameraSourceException(
          "camera %s: found uri %s, expected a path".formatted(camera.id(), camera.printableUri()),
          e);
    }
  }
}
