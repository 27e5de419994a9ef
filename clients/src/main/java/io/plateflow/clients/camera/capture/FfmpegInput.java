package io.plateflow.clients.camera.capture;

import io.plateflow.clients.camera.CameraInput;
import io.plateflow.clients.camera.CameraSourceException;
import io.plateflow.clients.camera.FrameSourceConfig;
import io.plateflow.clients.config.EnvironmentPlaceholders;
import io.plateflow.schemas.camera.CameraDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments with which FFmpeg opens an input.
 *
 * @param url may hold credentials
 * @param format name of the device's format, or null where FFmpeg finds out itself
 * @param options of the protocol and the container
 */
record FfmpegInput(String url, @Nullable String format, Map<String, String> options) {

  /** A live camera's; {@code ${NAME}} in its address is filled here. */
  static FfmpegInput of(CameraDefinition camera, FrameSourceConfig config) {
    if (CameraInput.of(camera) == CameraInput.WEBCAM) {
      return webcam(camera);
    }
    Map<String, String> ffmpeg = new HashMap<>();
    // Without this, FFmpeg measures the frame rate over 20 frames before it hands out the first.
    ffmpeg.put("fpsprobesize", "0");
    ffmpeg.put("analyzeduration", micros(Duration.ofSeconds(2)));
    // A second line behind the watchdog. FFmpeg 8 heeds no other name (stimeout, rw_timeout).
    ffmpeg.put("timeout", micros(config.readTimeout()));
    if (CameraInput.of(camera) == CameraInput.RTSP) {
      ffmpeg.put("rtsp_transport", config.rtspTransport().label());
    }
    return new FfmpegInput(filled(camera), null, ffmpeg);
  }

  private static String filled(CameraDefinition camera) {
    try {
      return EnvironmentPlaceholders.resolve(camera.uri(), System::getenv);
    } catch (IllegalArgumentException e) {
      throw new CameraSourceException(String.valueOf(e.getMessage()), e);
    }
  }

  static FfmpegInput of(Path file) {
    return new FfmpegInput("file:" + file, null, Map.of());
  }

  private static FfmpegInput webcam(CameraDefinition camera) {
    String number = camera.uri().substring("webcam:".length());
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac")
        ? new FfmpegInput(number, "avfoundation", Map.of("framerate", "30"))
        : new FfmpegInput("/dev/video" + number, "video4linux2", Map.of());
  }

  private static String micros(Duration duration) {
    return Long.toString(duration.toNanos() / 1000);
  }

  @Override
  public String toString() {
    // The generated one would print credentials.
    return "FfmpegInput";
  }
}
