package io.plateflow.clients.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.clients.ClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderPictureStoreTest {

  private static final byte[] PICTURE = {1, 2, 3};

  @TempDir Path outside;

  private Path folder;
  private FolderPictureStore store;

  @BeforeEach
  void open() {
    folder = outside.resolve("pictures");
    store = FolderPictureStore.of(folder.toString());
  }

  @Test
  void whatWasWrittenIsThereUntilItIsDeleted() throws IOException {
    String path = store.path("a/b/c.jpg");

    store.write(path, new byte[] {9});
    store.write(path, PICTURE);

    assertThat(path).isEqualTo(folder + "/a/b/c.jpg");
    assertThat(folder.resolve("a/b/c.jpg")).hasBinaryContent(PICTURE);
    assertThat(folder.resolve("a/b")).isDirectoryContaining("glob:**/c.jpg");
    List<Long> rooms = new ArrayList<>();
    assertThat(store.read(path, rooms::add)).isEqualTo(PICTURE);
    assertThat(rooms).containsExactly((long) PICTURE.length);

    store.delete(path);
    store.delete(path);

    assertThat(store.read(path, rooms::add)).isNull();

    assertThat(folder.resolve("a/b")).doesNotExist();
  }

  @Test
  void whatIsOlderIsDeletedFromItsFolder() throws IOException {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    for (String name : List.of("a/old.jpg", "a/b/old.jpg", "a/new.jpg", "other/old.jpg")) {
      store.write(store.path(name), PICTURE);
      Files.setLastModifiedTime(
          folder.resolve(name), FileTime.from(name.contains("old") ? now.minusSeconds(1) : now));
    }

    assertThat(store.deleteOlder(store.path("a"), now)).isEqualTo(2);
    assertThat(store.deleteOlder(store.path("none"), now)).isZero();

    assertThat(folder.resolve("a/old.jpg")).doesNotExist();
    assertThat(folder.resolve("a/b/old.jpg")).doesNotExist();
    assertThat(folder.resolve("a/new.jpg")).exists();
    assertThat(folder.resolve("other/old.jpg")).exists();
    assertThatThrownBy(() -> store.deleteOlder(store.path("a/../../x"), now))
        .isInstanceOf(IOException.class);
  }

  @Test
  void anAddressOfAFileIsAFolderToo() throws IOException {
    FolderPictureStore same = FolderPictureStore.of(folder.toUri().toString());

    same.write(same.path("c.jpg"), PICTURE);

    assertThat(same.path("c.jpg")).startsWith("file:/").endsWith("/pictures/c.jpg");
    assertThat(folder.resolve("c.jpg")).hasBinaryContent(PICTURE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret", "a/../../secret", "", ".", "a/.."})
  void noPathLeadsOut(String name) throws IOException {
    Path secret = Files.write(outside.resolve("secret"), PICTURE);

    assertThatThrownBy(() -> store.write(store.path(name), new byte[0]))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> store.delete(store.path(name))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> store.read(store.path(name), bytes -> {}))
        .isInstanceOf(IOException.class);

    assertThat(secret).hasBinaryContent(PICTURE);
  }

  @Test
  void noOtherFolderIsWritten() {
    assertThatThrownBy(() -> store.write(outside.resolve("other").toString(), PICTURE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected one below " + folder);
  }

  @Test
  void noLinkLeadsOut() throws IOException {
    Files.createDirectories(folder);
    Files.createSymbolicLink(folder.resolve("link"), outside);

    assertThatThrownBy(() -> store.write(store.path("link/secret"), PICTURE))
        .isInstanceOf(IOException.class);
    assertThat(outside.resolve("secret")).doesNotExist();
    Files.write(outside.resolve("secret"), PICTURE);
    assertThatThrownBy(() -> store.read(store.path("link/secret"), bytes -> {}))
        .isInstanceOf(IOException.class);
  }

  @Test
  void otherStoresAreRefused() {
    assertThatThrownBy(() -> FolderPictureStore.of("s3://bucket/pictures"))
        .isInstanceOf(ClientException.class)
        .hasMessage(
            "Folder of pictures: found 's3://bucket/pictures', expected a folder of this machine");
  }
}
