package io.plateflow.clients.camera.capture;

import io.plateflow.clients.camera.CameraSourceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/**
 * FFmpeg's part for webcams. It needs libraries of the desktop, which a server may lack, so nothing
 * else may load {@link avdevice}.
 */
final class CaptureDevices {

  /** What FFmpeg's part for webcams is linked with, and Debian's packages that hold it. */
  private static final Map<String, String> DEBIAN_PACKAGES = new LinkedHashMap<>();

  static {
    DEBIAN_PACKAGES.put("libxcb.so.1", "libxcb1");
    DEBIAN_PACKAGES.put("libxcb-shm.so.0", "libxcb-shm0");
    DEBIAN_PACKAGES.put("libasound.so.2", "libasound2");
    DEBIAN_PACKAGES.put("libpulse.so.0", "libpulse0");
  }

  private static boolean loaded;

  /**
   * A class that could not be loaded once is never tried again by the JVM, so neither is it here.
   */
  private static @Nullable String fault;

  private CaptureDevices() {}

  /**
   * @param format FFmpeg's name for a kind of devices
   * @throws CameraSourceException where this machine lacks what webcams need
   */
  static AVInputFormat find(String format) {
    load();
    AVInputFormat found = avformat.av_find_input_format(format);
    if (found == null || found.isNull()) {
      throw new CameraSourceException("this machine knows no cameras of kind " + format);
    }
    return found;
  }

  private static synchronized void load() {
    if (fault == null && !loaded) {
      try {
        avdevice.avdevice_register_all();
        loaded = true;
      } catch (LinkageError e) {
        fault = fault(e, CaptureDevices::isInstalled);
      }
    }
    if (fault != null) {
      throw new CameraSourceException(fault);
    }
  }

  /** What to do about webcams that cannot be used. */
  static String fault(LinkageError error, Predicate<String> installed) {
    List<String> missing = DEBIAN_PACKAGES.keySet().stream().filter(installed.negate()).toList();
    if (missing.isEmpty()) {
      return "webcams cannot be used on this machine: " + error.getMessage();
    }
    return "webcams need %s: install %s (Debian's names) and start again"
        .formatted(
            String.join(", ", missing),
            String.join(" ", missing.stream().map(DEBIAN_PACKAGES::get).toList()));
  }

  private static boolean isInstalled(String library) {
    try {
      Loader.loadGlobal(library);
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }
}
