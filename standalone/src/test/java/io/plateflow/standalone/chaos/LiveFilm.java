package io.plateflow.standalone.chaos;

import io.plateflow.clients.camera.CameraPosition;
import io.plateflow.clients.camera.FrameSourceConfig;
import io.plateflow.clients.camera.capture.CameraClient;
import io.plateflow.clients.camera.capture.CameraClients;
import io.plateflow.clients.camera.capture.GrabbedFrame;
import io.plateflow.clients.camera.capture.PixelPool;
import io.plateflow.clients.camera.testing.FilmRecorder;
import io.plateflow.clients.camera.testing.ImageIoStillDecoder;
import io.plateflow.clients.camera.testing.TestCameras;
import io.plateflow.schemas.camera.Rotation;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.frame.UnreadableImageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** The beginning of a clip as a live camera sends it: no container, no reordered pictures. */
final class LiveFilm {

  private static final int BIT_RATE = 3_000_000;
  private static final int KEY_EVERY = 10;

  private LiveFilm() {}

  /**
   * @param rate frames per second of the clip
   */
  static Path record(Path clip, int rate, Duration length, Path film)
      throws IOException, InterruptedException {
    FilmRecorder.Format format = FilmRecorder.Format.h264("h264", rate, BIT_RATE, KEY_EVERY);
    CameraClients clients = new CameraClients(FrameSourceConfig.DEFAULT, new ImageIoStillDecoder());
    PixelPool pool = new PixelPool(clip.toString(), 1);
    try (CameraClient client =
        clients.create(TestCameras.camera("clip", clip.toString(), Instant.EPOCH, 0))) {
      client.open(CameraPosition.START);
      Pixels first = load(client.next(), pool);
      try (FilmRecorder recorder = new FilmRecorder(film, format, first.width(), first.height())) {
        recorder.record(first);
        first.release();
        for (long left = length.toSeconds() * rate - 1; left > 0; left--) {
          GrabbedFrame next = client.next();
          if (next == null) {
            break;
          }
          Pixels pixels = load(next, pool);
          recorder.record(pixels);
          pixels.release();
        }
        recorder.finish();
      }
    }
    return film;
  }

  private static Pixels load(GrabbedFrame grab, PixelPool pool)
      throws IOException, InterruptedException {
    try {
      return grab.loader().load(pool, Rotation.NONE);
    } catch (UnreadableImageException e) {
      throw new IOException("cannot read the clip", e);
    }
  }
}
