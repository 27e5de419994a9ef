package io.plateflow.api.galaxy.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.api.galaxy.service.ProcessedPictures.Kind;
import io.plateflow.clients.evidence.FolderPictureStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessedPicturesTest {

  private static final byte[] PICTURE = {1, 2, 3};
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneId.of("UTC"));

  @TempDir Path folder;

  @Test
  void picturesStayUntilTheyAreOld() throws Exception {
    ProcessedPictures pictures =
        new ProcessedPictures(FolderPictureStore.of(folder.toString()), CLOCK);
    String path = pictures.keep(Kind.CROPPED_PLATE, "a_detected_plate1.jpg", PICTURE);
    assertThat(path).isEqualTo("images_processed/cropped_plate_images/a_detected_plate1.jpg");
    Files.setLastModifiedTime(
        folder.resolve("galaxy/cropped_plate_images/a_detected_plate1.jpg"),
        FileTime.from(NOW.minus(Duration.ofDays(2))));

    pictures.removeOld(Duration.ZERO);
    pictures.removeOld(Duration.ofDays(3));
    assertThat(pictures.read(path, bytes -> assertThat(bytes).isEqualTo(3))).isEqualTo(PICTURE);

    pictures.removeOld(Duration.ofDays(1));
    assertThat(pictures.read(path, bytes -> {})).isNull();
  }

  @Test
  void withoutAFolderNothingIsKept() {
    ProcessedPictures pictures = new ProcessedPictures(null, CLOCK);

    assertThat(pictures.keep(Kind.CROPPED_PLATE, "a.jpg", PICTURE)).isEmpty();
    assertThat(pictures.read("cropped_plate_images/a.jpg", bytes -> {})).isNull();
  }

  @Test
  void whatCannotBeWrittenIsNotNamed() throws Exception {
    Files.writeString(folder.resolve("galaxy"), "in the way");
    ProcessedPictures pictures =
        new ProcessedPictures(FolderPictureStore.of(folder.toString()), CLOCK);

    assertThat(pictures.keep(Kind.CROPPED_PLATE, "a.jpg", PICTURE)).isEmpty();
  }
}
