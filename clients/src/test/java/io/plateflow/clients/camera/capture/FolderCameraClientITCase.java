package io.plateflow.clients.camera.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.plateflow.clients.camera.CameraPosition;
import io.plateflow.clients.camera.FrameSourceConfig;
import io.plateflow.clients.camera.testing.ImageIoStillDecoder;
import io.plateflow.clients.camera.testing.TestCameras;
import io.plateflow.clients.camera.testing.TestStills;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.Rotation;
import io.plateflow.schemas.frame.UnreadableImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderCameraClientITCase {

  private static final Instant MODIFIED = Instant.parse("2025-05-05T05:05:05Z");

  @TempDir private Path folder;

  private record Seen(long sequence, String entry, Instant capturedAt, String result) {}

  @Test
  void readsStillsByNameAndRejectsTheRest() throws Exception {
    TestStills.folderWithBadFiles(folder);
    Files.createDirectory(folder.resolve("c-folder"));

    assertThat(read(camera(null), CameraPosition.START))
        .extracting(Seen::sequence, Seen::entry, Seen::result)
        .containsExactly(
            tuple(0L, "a.jpg", "64x48"),
            tuple(
                1L,
                "b-huge.png",
                "b-huge.png: found 20000 x 20000 pixels, expected at most 50000000 in all"),
            tuple(
                2L,
                "d-text.jpg",
                "d-text.jpg: found no known image of 12 bytes, expected JPEG or PNG"),
            tuple(3L, "e-truncated.jpg", "e-truncated.jpg: found a JPEG without its end"),
            tuple(4L, "f.png", "64x48"),
            tuple(
                5L,
                "notes.txt",
                "notes.txt: found no known image of 5 bytes, expected JPEG or PNG"));
  }

  @Test
  void continuesBehindTheLastNameWhateverCameMeanwhile() throws Exception {
    for (String name : List.of("b.jpg", "d.jpg", "f.jpg")) {
      Files.write(folder.resolve(name), TestStills.jpeg(16, 16));
    }
    Files.write(folder.resolve("a.jpg"), TestStills.jpeg(16, 16));
    Files.delete(folder.resolve("b.jpg"));

    assertThat(read(camera(null), TestCameras.behind(0, -1, "b.jpg")))
        .extracting(Seen::sequence, Seen::entry)
        .containsExactly(tuple(1L, "d.jpg"), tuple(2L, "f.jpg"));
  }

  @Test
  void timeIsExifThenTheFilesThenTheGivenOne() throws Exception {
    Files.write(folder.resolve("a.jpg"), TestStills.jpegTakenAt("2024:02:29 10:20:30"));
    Files.write(folder.resolve("b.jpg"), TestStills.jpeg(16, 16));
    Files.setLastModifiedTime(folder.resolve("b.jpg"), FileTime.from(MODIFIED));

    // The camera stands in Jakarta, seven hours ahead of UTC.
    assertThat(read(camera(null), CameraPosition.START))
        .extracting(Seen::capturedAt)
        .containsExactly(Instant.parse("2024-02-29T03:20:30Z"), MODIFIED);
    assertThat(read(camera(TestCameras.RECORDED_AT), CameraPosition.START))
        .extracting(Seen::capturedAt)
        .containsExactly(TestCameras.RECORDED_AT, TestCameras.RECORDED_AT.plusSeconds(1));
  }

  @Test
  void oneStillIsAFolderOfOne() throws Exception {
    Path file = Files.write(folder.resolve("only.JPG"), TestStills.jpeg(16, 16));
    CameraDefinition camera = TestCameras.camera("a", file.toString());
    try (CameraClient client =
        new CameraClients(FrameSourceConfig.DEFAULT, new ImageIoStillDecoder()).create(camera)) {
      client.open(CameraPosition.START);
      assertThat(client.next().still()).isTrue();
      assertThat(client.next()).isNull();
    }
  }

  @Test
  void stillsAreTurnedAsConfigured() throws Exception {
    Files.write(folder.resolve("a.jpg"), TestStills.jpeg(32, 16));
    assertThat(read(camera(null), CameraPosition.START))
        .extracting(Seen::result)
        .containsExactly("32x16");
    assertThat(read(camera(null).withRotate(Rotation.QUARTER), CameraPosition.START))
        .extracting(Seen::result)
        .containsExactly("16x32");
  }

  @Test
  void aMissingFolderCannotBeOpened() {
    try (FolderCameraClient client =
        new FolderCameraClient(
            camera(null), folder.resolve("gone"), 1, new ImageIoStillDecoder())) {
      assertThatThrownBy(() -> client.open(CameraPosition.START))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("found nothing at");
    }
  }

  private CameraDefinition camera(Instant recordedAt) {
    return TestCameras.camera("a", folder.toString(), recordedAt, 0);
  }

  private static List<Seen> read(CameraDefinition camera, CameraPosition from) throws Exception {
    List<Seen> seen = new ArrayList<>();
    try (CameraClient client =
        new CameraClients(FrameSourceConfig.DEFAULT, new ImageIoStillDecoder()).create(camera)) {
      client.open(from);
      for (GrabbedFrame grab = client.next(); grab != null; grab = client.next()) {
        String result;
        try {
          var pixels = grab.loader().load(new PixelPool("a", 1), camera.rotate());
          result = pixels.width() + "x" + pixels.height();
        } catch (UnreadableImageException e) {
          result = e.getMessage();
        }
        seen.add(new Seen(grab.sequence(), grab.entry(), grab.capturedAt(), result));
      }
    }
    return seen;
  }
}
