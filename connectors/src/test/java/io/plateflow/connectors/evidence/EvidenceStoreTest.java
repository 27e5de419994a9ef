package io.plateflow.connectors.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceStoreTest {

  private static final Instant LATE = Instant.parse("2026-11-20T23:59:59Z");

  @TempDir Path folder;

  @Test
  void writesPicturesUnderDayAndPass() throws Exception {
    EvidenceStore store = new EvidenceStore(folder.toUri().toString());
    String path = store.path("cam-1_20261120", LATE, "frame");

    store.write(path, new byte[] {1});

    assertThat(path).endsWith("/2026/11/20/cam-1_20261120/frame.jpg");
    assertThat(folder.resolve("2026/11/20/cam-1_20261120/frame.jpg"))
        .hasBinaryContent(new byte[] {1});
  }

  @Test
  void samePassAgainWritesTheSameFileAndLeavesNoOther() throws Exception {
    EvidenceStore store = new EvidenceStore(folder.toString());
    String path = store.path("p", LATE, "plate");
    store.write(path, new byte[] {1, 2});
    store.write(path, new byte[] {9});

    assertThat(store.path("p", LATE, "plate")).isEqualTo(path);
    assertThat(folder.resolve("2026/11/20/p/plate.jpg")).hasBinaryContent(new byte[] {9});
    assertThat(files()).containsExactly("2026/11/20/p/plate.jpg");
  }

  @Test
  void theLastPictureTakesItsFoldersWithIt() throws Exception {
    EvidenceStore store = new EvidenceStore(folder.toUri().toString());
    for (String pass : new String[] {"p", "q"}) {
      store.write(store.path(pass, LATE, "frame"), new byte[] {1});
      store.write(store.path(pass, LATE, "plate"), new byte[] {1});
    }

    store.delete(store.path("p", LATE, "frame"));
    assertThat(files())
        .containsExactly(
            "2026/11/20/p/plate.jpg", "2026/11/20/q/frame.jpg", "2026/11/20/q/plate.jpg");
    store.delete(store.path("p", LATE, "plate"));
    assertThat(folder.resolve("2026/11/20/p")).doesNotExist();
    store.delete(store.path("q", LATE, "frame"));
    store.delete(store.path("q", LATE, "plate"));
    store.delete(store.path("q", LATE, "plate"));

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anUnwritableFolderIsAnErrorThatNamesIt() throws Exception {
    Path file = Files.createFile(folder.resolve("no-folder"));
    EvidenceStore store = new EvidenceStore(file.toString());

    assertThatThrownBy(() -> store.write(store.path("p", LATE, "frame"), new byte[] {1}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-folder");
  }

  @Test
  void namesAreSafeAndDistinct() {
    assertThat(EvidenceStore.fileName("cam:1/2")).isEqualTo("cam~3a1~2f2");
    assertThat(EvidenceStore.fileName("..")).isEqualTo("~2e.");
    assertThat(EvidenceStore.fileName("~3a")).isEqualTo("~7e3a");
  }

  @Test
  void travelsToTasks() throws Exception {
    EvidenceStore store = new EvidenceStore(folder.toString());

    String path = InstantiationUtil.clone(store).path("p", LATE, "frame");

    assertThat(path).isEqualTo(store.path("p", LATE, "frame"));
    assertThat(URI.create(path).isAbsolute()).isFalse();
  }

  private String[] files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toArray(String[]::new);
    }
  }
}
