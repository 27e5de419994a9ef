package io.plateflow.standalone.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.frame.UnreadableImageException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Serves films as live HTTP cameras (Motion JPEG) in a loop. Each camera starts at another place of
 * its film.
 */
final class LiveClips implements AutoCloseable {

  /** Of the ids of its cameras. */
  static final String CAMERA_PREFIX = "cam-";

  private static final String PATH = "/camera/";

  private final double framesPerSecond;
  private final List<List<byte[]>> films = new ArrayList<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);

  LiveClips(List<Path> clips, double framesPerSecond)
      throws IOException, InterruptedException, UnreadableImageException {
    this.framesPerSecond = framesPerSecond;
    for (Path clip : clips) {
      films.add(ClipPictures.of(clip, framesPerSecond));
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(threads);
    server.createContext(PATH, this::stream);
    server.start();
  }

  /** The address of the camera with this index; any number of cameras can be requested. */
  String uri(int camera) {
    return "http://127.0.0.1:%d%s%d".formatted(server.getAddress().getPort(), PATH, camera);
  }

  CameraDefinition camera(int number) {
    return new CameraDefinition(
        CAMERA_PREFIX + number,
        uri(number),
        "Gate %d".formatted(number),
        GateType.ENTRY,
        List.of(),
        0,
        ZoneOffset.UTC,
        true,
        null,
        List.of());
  }

  private void stream(HttpExchange exchange) throws IOException {
    int camera = Integer.parseInt(exchange.getRequestURI().getPath().substring(PATH.length()));
    List<byte[]> film = films.get(camera % films.size());
    // The golden section puts each camera far from the places of all others.
    int from = (int) (camera * 0.618 % 1 * film.size());
    exchange.getResponseHeaders().add("Content-Type", "multipart/x-mixed-replace; boundary=frame");
    exchange.sendResponseHeaders(200, 0);
    long begun = System.nanoTime();
    try (OutputStream out = exchange.getResponseBody()) {
      for (long n = 0; ; n++) {
        long due = begun + Math.round(n * 1e9 / framesPerSecond);
        if (closed.await(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS)) {
          return;
        }
        byte[] picture = film.get((int) ((from + n) % film.size()));
        out.write(
            "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
                .formatted(picture.length)
                .getBytes(StandardCharsets.US_ASCII));
        out.write(picture);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
