package io.plateflow.standalone.bench;

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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Frames of a film as JPEG. */
public final class ClipPictures {

  private static final int QUALITY = 85;
  private static final int BUFFERS = 2;

  private ClipPictures() {}

  /**
   * @param framesPerSecond how many of each second of the clip; no more than it has
   */
  public static List<byte[]> of(Path clip, double framesPerSecond)
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
}
