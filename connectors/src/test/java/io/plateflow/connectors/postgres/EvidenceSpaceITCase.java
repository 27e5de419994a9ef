package io.plateflow.connectors.postgres;

import static io.plateflow.clients.testing.TestPasses.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.postgres.PostgresStorageRows;
import io.plateflow.clients.retention.OrphanSweep;
import io.plateflow.clients.retention.RetentionRun;
import io.plateflow.clients.retention.StorageRows;
import io.plateflow.clients.testing.EmbeddedServices;
import io.plateflow.clients.testing.TestPasses;
import io.plateflow.connectors.evidence.EvidenceStore;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.pass.Evidence;
import io.plateflow.schemas.pass.VehiclePass;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the tables say of evidence that goes, is held, or belongs to nobody. */
@ExtendWith(EmbeddedServices.class)
@Timeout(120)
class EvidenceSpaceITCase {

  private static final StorageRows.Place BEGINNING = new StorageRows.Place(Instant.EPOCH, 0);

  @TempDir Path folder;
  private PostgresConfig options;
  private Tables tables;
  private EvidenceStore store;

  @BeforeEach
  void open(PostgresConfig database) {
    options = database;
    tables = new Tables(options);
    store = new EvidenceStore(folder.toUri().toString());
  }

  @Test
  void theOldestEvidenceGoesAndItsRowsSaySo() throws Exception {
    write(pass("b", 60), pass("a", 0), pass("c", 120));
    String days = "SELECT * FROM pass_statistics_daily";
    List<String> counted = tables.rows(days);

    try (PostgresStorageRows rows = new PostgresStorageRows(options)) {
      StorageRows.Removal first = rows.removeOldestEvidence(store.prefix(), BEGINNING, 1);
      assertThat(first.removed()).isEqualTo(1);
      assertThat(first.last().at()).isEqualTo(NOON);
      StorageRows.Removal second = rows.removeOldestEvidence(store.prefix(), first.last(), 1);
      assertThat(second.removed()).isEqualTo(1);
    }

    assertThat(
            tables.rows(
                "SELECT pass_key, evidence_removed_reason, stored_original_path IS NULL,"
                    + " vehicle_image_path IS NULL, plate_image_path IS NULL"
                    + " FROM passes_flat ORDER BY timestamp"))
        .containsExactly("a|keep-free|t|t|t", "b|keep-free|t|t|t", "c|null|f|f|f");
    assertThat(tables.rows("SELECT path FROM expired_evidence"))
        .containsExactlyInAnyOrder(
            path("a", 0, "frame"),
            path("a", 0, "vehicle"),
            path("a", 0, "plate"),
            path("b", 60, "frame"),
            path("b", 60, "vehicle"),
            path("b", 60, "plate"));
    assertThat(tables.rows(days)).isEqualTo(counted);
  }

  @Test
  void aReplayOrCorrectionBringsRemovedEvidenceNotBack() throws Exception {
    write(pass("a", 0), pass("b", 60));
    removeAll();
    tables.execute("DELETE FROM expired_evidence");

    VehiclePass noPlate =
        TestPasses.pass("c", "cam-a", "Gate", GateType.ENTRY, NOON, TestPasses.car(), null, null);
    write(pass("a", 0), noPlate);

    assertThat(
            tables.rows(
                "SELECT pass_key, plate_text, stored_original_path IS NULL, vehicle_image_path"
                    + " IS NULL, plate_image_path IS NULL FROM passes_flat ORDER BY pass_key"))
        .containsExactly("a|B1234CD|t|t|t", "b|B1234CD|t|t|t", "c|null|f|f|t");
    // Stored again by the replay, they go again.
    assertThat(tables.count("expired_evidence")).isEqualTo(3);
  }

  @Test
  void picturesElsewhereAreLeftAlone() throws Exception {
    write(pass("a", 0));
    try (PostgresStorageRows rows = new PostgresStorageRows(options)) {
      StorageRows.Removal step = rows.removeOldestEvidence("file:/other/", BEGINNING, 10);
      assertThat(step.lookedAt()).isEqualTo(1);
      assertThat(step.removed()).isZero();
      assertThat(rows.removeOldestEvidence("file:/other/", step.last(), 10).lookedAt()).isZero();
    }
    assertThat(tables.rows("SELECT evidence_removed_at FROM detection_sessions"))
        .containsExactly("null");
  }

  @Test
  void aHeldPassStaysUntilNobodyHoldsIt() throws Exception {
    write(pass("a", 0), pass("b", 60));
    tables.execute("SELECT hold_pass('a', 'accident', 'anna')");
    tables.execute("SELECT hold_pass('a', 'accident', 'budi', now() + interval '10 years')");
    removeAll();
    deleteExpired();
    assertThat(tables.rows("SELECT pass_key, evidence_removed_at FROM detection_sessions"))
        .containsExactly("a|null");

    assertThat(tables.rows("SELECT release_pass('a', 'anna')")).containsExactly("t");
    assertThat(tables.rows("SELECT release_pass('a', 'anna')")).containsExactly("f");
    deleteExpired();
    assertThat(tables.count("detection_sessions")).isEqualTo(1);

    tables.execute("UPDATE holds SET held_at = now() - interval '2 h', until = now()");
    removeAll();
    assertThat(tables.rows("SELECT evidence_removed_reason FROM detection_sessions"))
        .containsExactly("keep-free");
    deleteExpired();
    assertThat(tables.count("detection_sessions")).isZero();
  }

  @Test
  void aHoldOnWhatIsNotThereIsRefused() {
    assertThatThrownBy(() -> tables.execute("SELECT hold_pass('x', 'accident', 'anna')"))
        .cause()
        .hasMessageContaining("Hold: found no pass x, expected a pass_key of detection_sessions");
  }

  @Test
  void oldPicturesWithoutARowAreSweptOnceAWeek() throws Exception {
    Instant now = Instant.now();
    VehiclePass kept = pass("a", 0);
    write(kept);
    for (String picture : List.of("frame", "vehicle", "plate")) {
      old(path("a", 0, picture), now);
    }
    // What a better frame left behind, what a crash did, and what an open pass may still need.
    old(path("a", 86_400, "frame"), now);
    old(path("gone", 0, "frame"), now);
    store.write(path("open", 0, "frame"), new byte[] {1});
    Path notes = Files.createFile(folder.resolve("notes.txt"));
    Files.setLastModifiedTime(notes, FileTime.from(now.minus(Duration.ofDays(30))));

    SweepCounts counts = new SweepCounts();
    try (PostgresStorageRows rows = new PostgresStorageRows(options)) {
      OrphanSweep sweep = new OrphanSweep(store, rows, counts);
      sweep.step(now);
      assertThat(rows.sweptAt(store.prefix())).isNull();
      sweep.step(now.plus(Duration.ofHours(1)));
      assertThat(counts.orphans).isEqualTo(2);
      assertThat(rows.sweptAt(store.prefix())).isNotNull();

      old(path("gone", 0, "frame"), now);
      OrphanSweep afterRestart = new OrphanSweep(store, rows, counts);
      afterRestart.step(now.plus(Duration.ofHours(2)));
      afterRestart.step(now.plus(Duration.ofHours(4)));
      assertThat(counts.orphans).isEqualTo(2);
    }
    assertThat(files())
        .containsExactlyInAnyOrder(
            name("a", 0, "frame"),
            name("a", 0, "vehicle"),
            name("a", 0, "plate"),
            name("gone", 0, "frame"),
            name("open", 0, "frame"),
            "notes.txt");
  }

  private void old(String path, Instant now) throws IOException {
    store.write(path, new byte[] {1});
    Files.setLastModifiedTime(
        Path.of(URI.create(path)), FileTime.from(now.minus(Duration.ofDays(3))));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).map(f -> folder.relativize(f).toString()).toList();
    }
  }

  private String name(String pass, int seconds, String picture) {
    return path(pass, seconds, picture).substring(store.prefix().length());
  }

  private void removeAll() {
    try (PostgresStorageRows rows = new PostgresStorageRows(options)) {
      rows.removeOldestEvidence(store.prefix(), BEGINNING, 100);
    }
  }

  private void deleteExpired() {
    String delete =
        "SELECT delete_expired_passes('1 day', 1, '%s')".formatted(NOON.plus(Duration.ofDays(9)));
    while (!tables.rows(delete).equals(List.of("0"))) {
      continue;
    }
  }

  private void write(VehiclePass... passes) throws Exception {
    try (TestTable<VehiclePass> writer = TestTable.passes(options)) {
      writer.write(List.of(passes));
    }
  }

  private VehiclePass pass(String id, int seconds) {
    return TestPasses.pass(
            id,
            "cam-a",
            "Gate",
            GateType.ENTRY,
            NOON.plusSeconds(seconds),
            TestPasses.car(),
            TestPasses.plate("B 1234 CD"),
            null)
        .withEvidence(
            new Evidence(
                path(id, seconds, "frame"),
                path(id, seconds, "vehicle"),
                path(id, seconds, "plate")));
  }

  private String path(String pass, int seconds, String picture) {
    return store.path(pass, NOON.plusSeconds(seconds), picture);
  }

  private static final class SweepCounts implements RetentionRun.Counts {
    private int orphans;

    @Override
    public void passesDeleted(int passes) {
      throw new AssertionError("the sweep deletes no pass");
    }

    @Override
    public void picturesDeleted(int pictures) {
      throw new AssertionError("the sweep deletes what no row has");
    }

    @Override
    public void evidenceRemoved(int passes) {
      throw new AssertionError("the sweep takes nothing from a row");
    }

    @Override
    public void orphansDeleted(int pictures) {
      orphans += pictures;
    }

    @Override
    public void failed() {
      throw new AssertionError("nothing fails");
    }
  }
}
