package io.plateflow.standalone.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plateflow.clients.camera.CameraPosition;
import io.plateflow.clients.camera.FrameSourceConfig;
import io.plateflow.clients.camera.capture.CameraClient;
import io.plateflow.clients.camera.capture.CameraClients;
import io.plateflow.clients.camera.capture.GrabbedFrame;
import io.plateflow.clients.camera.capture.PixelPool;
import io.plateflow.models.image.ImageDecoder;
import io.plateflow.models.image.JpegEncoder;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Rotation;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.frame.UnreadableImageException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Serves films as live HTTP cameras (Motion JPEG) in a loop. Each camera starts at another place of
 * its film.
 */
final class LiveClips implements AutoCloseable {

  private static final int QUALITY = 85;
  private static final int BUFFERS = 2;
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
      films.add(pictures(clip, framesPerSecond));
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
        "cam-%d".formatted(number),
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

  private static List<byte[]> pictures(Path clip, double framesPerSecond)
      throws IOException, InterruptedException, UnreadableImageException {
    CameraDefinition film =
        new CameraDefinition(
            "clip",
            clip.toString(),
            "clip",
            GateType.ENTRY,
            List.of(),
            0,
            ZoneOffset.UTC,
            true,
            Instant.EPOCH,
            List.of());
    List<byte[]> pictures = new ArrayList<>();
    PixelPool pool = new PixelPool("clip", BUFFERS);
    CameraClients clients = new CameraClients(FrameSourceConfig.DEFAULT, new ImageDecoder());
    try (CameraClient client = clients.create(film)) {
      client.open(CameraPosition.START);
      for (GrabbedFrame grab = client.next(); grab != null; grab = client.next()) {
        Duration at =
            Duration.between(
                Instant.EPOCH, Objects.requireNonNull(grab.capturedAt(), "a film has times"));
        if (at.toNanos() / 1e9 * framesPerSecond >= pictures.size()) {
          Pixels pixels = grab.loader().load(pool, Rotation.NONE);
          pictures.add(JpegEncoder.encode(pixels, null, QUALITY));
          pixels.release();
        }
      }
    }
    if (pictures.isEmpty()) {
      throw new IOException("Clip %s: found no picture".formatted(clip));
    }
    return pictures;
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
