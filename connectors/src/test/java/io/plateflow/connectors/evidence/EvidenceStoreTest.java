package io.plateflow.connectors.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.clients.evidence.EvidenceFolder;
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
  void aNameLeadsBackToItsPass() {
    for (String pass : new String[] {"cam-1_2026", "cam:1/2", "..", "~3a", "Tür 1"}) {
      assertThat(EvidenceStore.passId(EvidenceStore.fileName(pass))).isEqualTo(pass);
    }
  }

  @Test
  void isLookedThroughByDayAndPass() throws Exception {
    EvidenceStore store = new EvidenceStore(folder.toUri().toString());
    assertThat(new EvidenceStore(folder + "/none").days()).isEmpty();
    store.write(store.path("b:1", LATE, "frame"), new byte[] {1});
    store.write(store.path("a", LATE.minusSeconds(86_400), "frame"), new byte[] {1});
    Files.createFile(folder.resolve("notes.txt"));
    Files.createFile(folder.resolve("2026/11/20/b~3a1/notes.txt"));
    Files.createFile(folder.resolve("2026/11/20/b~3a1/plate.jpg.part"));

    assertThat(store.days()).containsExactly("2026/11/19", "2026/11/20");
    assertThat(store.passes("2026/11/20")).containsExactly("b:1");
    assertThat(store.pictures("2026/11/20", "b:1"))
        .extracting(EvidenceFolder.StoredPicture::name)
        .containsExactlyInAnyOrder("2026/11/20/b~3a1/frame.jpg", "2026/11/20/b~3a1/plate.jpg.part");
    assertThat(store.pictures("2026/11/20", "b:1"))
        .extracting(EvidenceFolder.StoredPicture::path)
        .contains(store.path("b:1", LATE, "frame"))
        .allMatch(path -> path.startsWith(store.prefix()));
    assertThat(store.space().free()).isPositive().isLessThanOrEqualTo(store.space().total());
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
