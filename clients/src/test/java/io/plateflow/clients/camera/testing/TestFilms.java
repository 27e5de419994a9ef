package io.plateflow.clients.camera.testing;

import io.plateflow.schemas.frame.Pixels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Small films in which no two pictures are alike. */
public final class TestFilms {

  public static final int RATE = 25;
  private static final int BIT_RATE = 2_000_000;
  private static final int KEY_EVERY = 12;

  private TestFilms() {}

  /** H.264 in MP4. */
  public static Path h264(Path file, int frames, int width, int height) throws IOException {
    return record(recorder(file, "mp4", width, height), file, frames, width, height);
  }

  /** H.264 without a container, as a camera sends it. */
  public static Path rawH264(Path file, int frames, int width, int height) throws IOException {
    return record(recorder(file, "h264", width, height), file, frames, width, height);
  }

  /** MPEG-4 part 2 with pictures that are decoded in another order than they are shown. */
  public static Path reordered(Path file, int frames, int width, int height) throws IOException {
    FilmRecorder.Format format = FilmRecorder.Format.mpeg4(RATE, BIT_RATE, KEY_EVERY, 2);
    return record(new FilmRecorder(file, format, width, height), file, frames, width, height);
  }

  /** H.264 that says when it was made. */
  public static Path createdAt(Path file, int frames, String createdAt) throws IOException {
    FilmRecorder recorder = recorder(file, "mp4", 320, 192).tag("creation_time", createdAt);
    return record(recorder, file, frames, 320, 192);
  }

  /** H.264 of a camera that was held upright: the container asks for a quarter turn. */
  public static Path turned(Path file, int frames, int width, int height, int degrees)
      throws IOException {
    FilmRecorder recorder = recorder(file, "mp4", width, height).turned(degrees);
    return record(recorder, file, frames, width, height);
  }

  /**
   * A film again, in Matroska, in which one picture has the time of the one before it and all that
   * follow come one picture early.
   *
   * @param repeated number of that picture
   */
  public static Path withTimeThatStandsStill(Path film, Path file, int repeated)
      throws IOException {
    return FilmCopy.copy(
        film,
        "matroska",
        file,
        (packet, number, timeBase) -> {
          if (number >= repeated) {
            packet.pts(packet.pts() - packet.duration()).dts(packet.dts() - packet.duration());
          }
          return true;
        });
  }

  private static FilmRecorder recorder(Path file, String container, int width, int height)
      throws IOException {
    FilmRecorder.Format format = FilmRecorder.Format.h264(container, RATE, BIT_RATE, KEY_EVERY);
    return new FilmRecorder(file, format, width, height);
  }

  private static Path record(FilmRecorder recorder, Path file, int frames, int width, int height)
      throws IOException {
    try (recorder) {
      Pixels pixels = new Pixels(ByteBuffer.allocateDirect(width * height * 3), width, height);
      for (int n = 0; n < frames; n++) {
        paint(pixels.bgr(), width, height, n);
        recorder.record(pixels);
      }
      recorder.finish();
      return file;
    }
  }

  /** A slope that moves on with each picture. */
  private static void paint(ByteBuffer bgr, int width, int height, int n) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = (y * width + x) * 3;
        bgr.put(at, (byte) (x * 255 / width));
        bgr.put(at + 1, (byte) (y * 255 / height));
        bgr.put(at + 2, (byte) ((x / 16 + y / 16 + n) % 16 * 16));
      }
    }
  }

  /** A number that stands for the whole picture. */
  public static long fingerprint(Pixels pixels) {
    CRC32C crc = new CRC32C();
    crc.update(pixels.bgr().duplicate().clear().limit(pixels.width() * pixels.height() * 3));
    return crc.getValue();
  }
}
