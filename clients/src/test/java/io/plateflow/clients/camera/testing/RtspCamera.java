package io.plateflow.clients.camera.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real RTSP server in a process of its own, which can be killed and frozen. */
public final class RtspCamera implements AutoCloseable {

  /** The distribution's Python, since gst-rtsp-server's bindings are installed for it. */
  private static final String PYTHON = "/usr/bin/python3";

  /** How to get what serves RTSP. */
  public static final String MISSING =
      "gst-rtsp-server is not installed: apt-get install python3-gi gir1.2-gst-rtsp-server-1.0"
          + " gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad";

  private final Path script;
  private final Path film;
  private final int rate;
  private final int port;
  private Process process;

  /** Shows a small film of no meaning. */
  public RtspCamera(Path folder, int port) throws IOException {
    this(
        folder,
        TestFilms.rawH264(folder.resolve("camera.h264"), 50, 320, 192),
        TestFilms.RATE,
        port);
  }

  /**
   * @param folder for its script
   * @param film H.264 without a container and without reordered pictures
   * @param rate its frames per second
   */
  public RtspCamera(Path folder, Path film, int rate, int port) throws IOException {
    this.film = film;
    this.rate = rate;
    this.port = port;
    script = folder.resolve("looping_camera.py");
    try (InputStream in = RtspCamera.class.getResourceAsStream("/rtsp/looping_camera.py")) {
      Files.write(script, in.readAllBytes());
    }
  }

  /** Whether this machine has gst-rtsp-server with its Python bindings. */
  public static boolean isInstalled() {
    try {
      Process process =
          new ProcessBuilder(
                  PYTHON,
                  "-c",
                  "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import"
                      + " GstRtspServer")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  public String uri() {
    return "rtsp://127.0.0.1:%d/live".formatted(port);
  }

  /** Returns once clients can connect. */
  public void start() throws IOException {
    process =
        new ProcessBuilder(
                PYTHON,
                script.toString(),
                Integer.toString(port),
                film.toString(),
                Integer.toString(rate))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    if (!"ready".equals(output.readLine())) {
      throw new IOException("the RTSP server did not start on port %d".formatted(port));
    }
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** It keeps its connections and says nothing more. */
  public void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  public void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int result =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (result != 0) {
      throw new IOException("kill -%s ended with %d".formatted(name, result));
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
