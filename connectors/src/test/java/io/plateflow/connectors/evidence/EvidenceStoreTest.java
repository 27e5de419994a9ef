package io.plateflow.connectors.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.schemas.pass.Evidence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceStoreTest {

  private static final Instant LATE = Instant.parse("2026-11-20T23:59:59Z");

  @TempDir Path folder;

  @Test
  void writesPicturesUnderDayAndPass() throws Exception {
    EvidenceStore store = new EvidenceStore(folder.toUri().toString());

    Evidence evidence =
        store.store("cam-1_20261120", LATE, new byte[] {1}, new byte[] {2}, new byte[] {3});

    Path pass = folder.resolve("2026/11/20/cam-1_20261120");
    assertThat(pass.resolve("frame.jpg")).hasBinaryContent(new byte[] {1});
    assertThat(pass.resolve("vehicle.jpg")).hasBinaryContent(new byte[] {2});
    assertThat(pass.resolve("plate.jpg")).hasBinaryContent(new byte[] {3});
    assertThat(evidence.framePath()).endsWith("/2026/11/20/cam-1_20261120/frame.jpg");
    assertThat(store.failures()).isZero();
  }

  @Test
  void samePassAgainWritesTheSameFiles() throws Exception {
    EvidenceStore store = new EvidenceStore(folder.toString());
    Evidence first = store.store("p", LATE, new byte[] {1, 2}, null, null);

    assertThat(store.store("p", LATE, new byte[] {9}, null, null)).isEqualTo(first);
    assertThat(folder.resolve("2026/11/20/p/frame.jpg")).hasBinaryContent(new byte[] {9});
    assertThat(first.vehiclePath()).isNull();
    assertThat(first.platePath()).isNull();
  }

  @Test
  void unwritablePictureIsCountedAndThePassGoesOn() throws Exception {
    Path file = Files.createFile(folder.resolve("no-folder"));
    EvidenceStore store = new EvidenceStore(file.toString());

    assertThat(store.store("p", LATE, new byte[] {1}, null, new byte[] {3}))
        .isEqualTo(Evidence.NONE);
    assertThat(store.failures()).isEqualTo(2);
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

    assertThat(InstantiationUtil.clone(store).store("p", LATE, new byte[] {1}, null, null))
        .isEqualTo(store.store("p", LATE, new byte[] {1}, null, null));
  }
}
