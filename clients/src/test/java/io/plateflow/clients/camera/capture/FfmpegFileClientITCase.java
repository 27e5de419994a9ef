package io.plateflow.clients.camera.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.clients.camera.CameraPosition;
import io.plateflow.clients.camera.FrameSourceConfig;
import io.plateflow.clients.camera.testing.TestCameras;
import io.plateflow.clients.camera.testing.TestFilms;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.Rotation;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.frame.UnreadableImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FfmpegFileClientITCase {

  private static final int FRAMES = 40;

  @TempDir private Path folder;

  private record Seen(long sequence, long timestampMicros, Instant capturedAt, long fingerprint) {}

  @Test
  void numbersAndTimesComeFromTheFilm() throws Exception {
    List<Seen> seen = read(TestFilms.h264(folder.resolve("a.mp4"), FRAMES, 320, 192), null);

    assertThat(seen).hasSize(FRAMES);
    for (int n = 0; n < FRAMES; n++) {
      assertThat(seen.get(n).sequence()).isEqualTo(n);
      assertThat(seen.get(n).capturedAt())
          .isEqualTo(TestCameras.RECORDED_AT.plus(Duration.ofMillis(40L * n)));
    }
    assertThat(seen).extracting(Seen::fingerprint).doesNotHaveDuplicates();
  }

  @Test
  void everyOffsetContinuesWithTheSamePictures() throws Exception {
    assertReplays(TestFilms.h264(folder.resolve("a.mp4"), FRAMES, 320, 192), true);
  }

  @Test
  void reorderedPicturesContinueToo() throws Exception {
    assertReplays(TestFilms.reordered(folder.resolve("b.mp4"), FRAMES, 320, 192), true);
  }

  @Test
  void filmsWithoutAnIndexAreReadFromTheirBeginning() throws Exception {
    assertReplays(TestFilms.rawH264(folder.resolve("c.h264"), FRAMES, 320, 192), false);
  }

  @Test
  void picturesOfOneTimeAreNotTakenForEachOther() throws Exception {
    Path film = TestFilms.h264(folder.resolve("s.mp4"), FRAMES, 320, 192);
    assertReplays(TestFilms.withTimeThatStandsStill(film, folder.resolve("s.mkv"), 8), false);
  }

  private void assertReplays(Path film, boolean seeks) throws Exception {
    List<Seen> whole = read(film, null);
    assertThat(whole).hasSize(FRAMES);
    for (int from = 2; from < FRAMES; from++) {
      Seen last = whole.get(from - 1);
      List<Seen> rest =
          read(film, TestCameras.behind(last.sequence(), last.timestampMicros(), null));
      if (seeks) {
        assertThat(rest.get(0).sequence()).as("film is not read again").isEqualTo(from);
      }
      rest.removeIf(s -> s.sequence() <= last.sequence());
      assertThat(rest).isEqualTo(whole.subList(from, FRAMES));
    }
  }

  @Test
  void widthsThatAreNoWholeVectorsArePackedToo() throws Exception {
    Path film = TestFilms.h264(folder.resolve("odd.mp4"), 3, 330, 198);
    try (FfmpegFileClient client = client(film, null)) {
      client.open(CameraPosition.START);
      Pixels pixels = client.next().loader().load(new PixelPool("a", 2), Rotation.NONE);
      assertThat(pixels.width()).isEqualTo(330);
      assertThat(pixels.height()).isEqualTo(198);
      // Blue rises from left to right in every row, green from the top to the bottom.
      for (int y : new int[] {0, 100, 197}) {
        assertThat(pixels.bgr().get(y * 330 * 3) & 0xff).isLessThan(30);
        assertThat(pixels.bgr().get((y * 330 + 329) * 3) & 0xff).isGreaterThan(220);
        assertThat((pixels.bgr().get((y * 330 + 160) * 3 + 1) & 0xff) - y * 255 / 198)
            .isBetween(-20, 20);
      }
    }
  }

  @Test
  void filmsOfTurnedCamerasAreSetUpright() throws Exception {
    // Blue rises to the right and green downwards in what the camera recorded.
    assertCorners(0, Rotation.NONE, 320, 192, new int[] {0, 0}, new int[] {255, 0});
    assertCorners(-90, Rotation.NONE, 192, 320, new int[] {0, 255}, new int[] {0, 0});
    assertCorners(180, Rotation.NONE, 320, 192, new int[] {255, 255}, new int[] {0, 255});
    assertCorners(90, Rotation.NONE, 192, 320, new int[] {255, 0}, new int[] {255, 255});
  }

  @Test
  void theConfiguredTurnComesOnTopOfTheFilmsOwn() throws Exception {
    assertCorners(0, Rotation.QUARTER, 192, 320, new int[] {0, 255}, new int[] {0, 0});
    assertCorners(0, Rotation.HALF, 320, 192, new int[] {255, 255}, new int[] {0, 255});
    assertCorners(0, Rotation.THREE_QUARTERS, 192, 320, new int[] {255, 0}, new int[] {255, 255});
    assertCorners(-90, Rotation.THREE_QUARTERS, 320, 192, new int[] {0, 0}, new int[] {255, 0});
    assertCorners(180, Rotation.QUARTER, 192, 320, new int[] {255, 0}, new int[] {255, 255});
  }

  /**
   * @param degrees counterclockwise, as the container writes it
   */
  private void assertCorners(
      int degrees, Rotation rotation, int width, int height, int[] topLeft, int[] topRight)
      throws Exception {
    Path film =
        TestFilms.turned(folder.resolve("turned-%d.mp4".formatted(degrees)), 2, 320, 192, degrees);
    try (FfmpegFileClient client = client(film, null)) {
      client.open(CameraPosition.START);
      Pixels pixels = client.next().loader().load(new PixelPool("a", 2), rotation);
      assertThat(pixels.width()).isEqualTo(width);
      assertThat(pixels.height()).isEqualTo(height);
      int right = (width - 1) * 3;
      for (int channel = 0; channel < 2; channel++) {
        assertThat(pixels.bgr().get(channel) & 0xff).isCloseTo(topLeft[channel], Offset.offset(40));
        assertThat(pixels.bgr().get(right + channel) & 0xff)
            .isCloseTo(topRight[channel], Offset.offset(40));
      }
    }
  }

  @Test
  void timeIsTheFilmsOwnWhereNoneIsGiven() throws Exception {
    Path film = TestFilms.createdAt(folder.resolve("d.mp4"), 2, "2025-12-24T18:00:00.000000Z");
    assertThat(read(camera(film, null), CameraPosition.START).get(0).capturedAt())
        .isEqualTo(Instant.parse("2025-12-24T18:00:00Z"));

    Path silent = TestFilms.h264(folder.resolve("e.mp4"), 2, 320, 192);
    Instant modified = Instant.parse("2025-01-02T03:04:05Z");
    Files.setLastModifiedTime(silent, FileTime.from(modified));
    assertThat(read(camera(silent, null), CameraPosition.START).get(0).capturedAt())
        .isEqualTo(modified);
  }

  @Test
  void whatIsNoFilmIsRefused() throws Exception {
    Path text = Files.writeString(folder.resolve("f.mp4"), "this is no film");
    assertThatThrownBy(() -> read(text, null))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot open: Invalid data found when processing input");
    assertThatThrownBy(() -> read(folder.resolve("missing.mp4"), null))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot open: No such file or directory");
  }

  @Test
  void damageInTheMiddleCostsOnlyThePicturesItHits() throws Exception {
    Path film = TestFilms.reordered(folder.resolve("g.mp4"), FRAMES, 320, 192);
    byte[] bytes = Files.readAllBytes(film);
    for (int i = bytes.length / 3; i < bytes.length / 3 + 4000; i++) {
      bytes[i] = (byte) 0xff;
    }
    Files.write(film, bytes);

    List<Seen> seen = read(film, null);

    assertThat(seen).extracting(Seen::sequence).isSorted().doesNotHaveDuplicates();
    assertThat(seen.stream().filter(s -> s.fingerprint() == -1)).isNotEmpty();
    assertThat(seen.stream().filter(s -> s.fingerprint() != -1)).hasSizeGreaterThan(FRAMES / 2);
  }

  @Test
  void tooLargePicturesAreRefused() throws Exception {
    Path film = TestFilms.h264(folder.resolve("h.mp4"), 2, 320, 192);
    try (FfmpegFileClient client =
        new FfmpegFileClient(camera(film, null), film, TestCameras.options("max-pixels: 61439"))) {
      client.open(CameraPosition.START);
      GrabbedFrame grab = client.next();
      assertThatThrownBy(() -> grab.loader().load(new PixelPool("a", 2), Rotation.NONE))
          .isInstanceOf(UnreadableImageException.class)
          .hasMessage("found 320 x 192 pixels, expected at most 61439 in all");
    }
  }

  private static CameraDefinition camera(Path film, Instant recordedAt) {
    return TestCameras.camera("a", film.toString(), recordedAt, 0);
  }

  private static FfmpegFileClient client(Path film, Instant recordedAt) {
    return new FfmpegFileClient(camera(film, recordedAt), film, FrameSourceConfig.DEFAULT);
  }

  private static List<Seen> read(Path film, CameraPosition from) throws Exception {
    return read(camera(film, TestCameras.RECORDED_AT), from == null ? CameraPosition.START : from);
  }

  private static List<Seen> read(CameraDefinition camera, CameraPosition from) throws Exception {
    List<Seen> seen = new ArrayList<>();
    PixelPool pool = new PixelPool("a", 1);
    try (FfmpegFileClient client =
        new FfmpegFileClient(camera, Path.of(camera.uri()), FrameSourceConfig.DEFAULT)) {
      client.open(from);
      for (GrabbedFrame grab = client.next(); grab != null; grab = client.next()) {
        long fingerprint = -1;
        try {
          Pixels pixels = grab.loader().load(pool, Rotation.NONE);
          fingerprint = TestFilms.fingerprint(pixels);
          pixels.release();
        } catch (UnreadableImageException e) {
          assertThat(e).hasMessageStartingWith("found ");
        }
        seen.add(new Seen(grab.sequence(), grab.timestampMicros(), grab.capturedAt(), fingerprint));
      }
    }
    return seen;
  }
}
