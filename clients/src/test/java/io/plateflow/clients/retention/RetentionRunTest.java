package io.plateflow.clients.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.camera.CameraCatalog;
import io.plateflow.clients.camera.testing.TestCameras;
import io.plateflow.clients.evidence.PictureStore;
import io.plateflow.schemas.camera.CameraDefinition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetentionRunTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final FakeRows rows = new FakeRows();
  private final List<String> removed = new ArrayList<>();
  private final Counts counts = new Counts();
  private String unremovable = "none";

  private final PictureStore pictures =
      new PictureStore() {
        @Override
        public void write(String path, byte[] picture) {
          throw new AssertionError("retention writes nothing");
        }

        @Override
        public void delete(String path) throws IOException {
          if (path.equals(unremovable)) {
            throw new IOException("no route to the store");
          }
          removed.add(path);
        }

        @Override
        public void touch(String path) {
          throw new AssertionError("retention touches nothing");
        }
      };

  @Test
  void deletesInSmallStepsRowsFirstAndThenRestsForTheInterval() {
    rows.expired = 5;
    RetentionRun run = run(() -> List.of(TestCameras.camera("a", "a.mp4")));

    steps(run, NOW, 3);
    assertThat(counts.passes).isEqualTo(5);
    assertThat(removed).isEmpty();
    steps(run, NOW, 10);
    assertThat(removed).hasSize(5);
    assertThat(rows.waiting).isEmpty();
    assertThat(rows.cameras).containsExactly("a");
    int calls = rows.calls;

    steps(run, NOW.plus(HOUR).minusSeconds(1), 10);
    assertThat(rows.calls).isEqualTo(calls);
    rows.expired = 1;
    steps(run, NOW.plus(HOUR), 10);
    assertThat(counts.passes).isEqualTo(6);
  }

  @Test
  void aPictureThatCannotBeRemovedIsCountedAndTriedByTheNextRun() {
    rows.expired = 3;
    unremovable = "picture-1";
    RetentionRun run = run(List::of);

    steps(run, NOW, 20);
    assertThat(removed).hasSize(2);
    assertThat(rows.waiting).containsOnlyKeys("picture-1");
    assertThat(counts.failures).isEqualTo(1);

    unremovable = "none";
    steps(run, NOW.plus(HOUR), 20);
    assertThat(removed).hasSize(3);
    assertThat(rows.waiting).isEmpty();
  }

  @Test
  void aDatabaseThatIsAwayIsCountedAndTriedAgain() {
    rows.expired = 1;
    rows.away = true;
    RetentionRun run = run(List::of);

    steps(run, NOW, 3);
    assertThat(counts.failures).isEqualTo(1);
    rows.away = false;
    steps(run, NOW.plus(HOUR), 5);
    assertThat(counts.passes).isEqualTo(1);
  }

  @Test
  void aCatalogueThatCannotBeReadLeavesWhatItSaidBefore() {
    rows.expired = 1;
    RetentionRun run =
        run(
            () -> {
              throw new IllegalStateException("cameras.yml cannot be read");
            });

    steps(run, NOW, 5);
    assertThat(counts.failures).isEqualTo(1);
    assertThat(counts.passes).isEqualTo(1);
  }

  @Test
  void aNewCameraIsNotedBetweenTwoRuns() {
    List<CameraDefinition> catalogue = new ArrayList<>();
    catalogue.add(TestCameras.camera("a", "a.mp4"));
    RetentionRun run = run(() -> List.copyOf(catalogue));
    steps(run, NOW, 5);
    assertThat(rows.cameras).containsExactly("a");

    catalogue.add(TestCameras.camera("b", "b.mp4"));
    steps(run, NOW.plusSeconds(9), 1);
    assertThat(rows.cameras).containsExactly("a");
    steps(run, NOW.plusSeconds(10), 1);
    assertThat(rows.cameras).contains("b");
  }

  private RetentionRun run(CameraCatalog cameras) {
    return new RetentionRun(
        new RetentionConfig(Duration.ofDays(30), HOUR, 2, null),
        cameras,
        rows,
        new PictureRemoval(rows, pictures, counts, 2),
        counts);
  }

  private static void steps(RetentionRun run, Instant now, int count) {
    for (int i = 0; i < count; i++) {
      run.step(now);
    }
  }

  /** Every pass has one picture. */
  private static final class FakeRows implements ExpiredRows {
    int expired;
    int calls;
    boolean away;
    final Map<String, Instant> waiting = new LinkedHashMap<>();
    final List<String> cameras = new ArrayList<>();
    private int pictures;

    @Override
    public void noteCameras(List<CameraDefinition> catalogue) {
      catalogue.forEach(camera -> cameras.add(camera.id()));
    }

    @Override
    public int deletePasses(int most) {
      calls++;
      if (away) {
        throw new ClientException("connection refused");
      }
      int deleted = Math.min(most, expired);
      expired -= deleted;
      for (int i = 0; i < deleted; i++) {
        waiting.put("picture-" + pictures++, Instant.MIN);
      }
      return deleted;
    }

    @Override
    public List<String> pictures(Instant triedBefore, int most) {
      return waiting.entrySet().stream()
          .filter(entry -> entry.getValue().isBefore(triedBefore))
          .map(Map.Entry::getKey)
          .limit(most)
          .toList();
    }

    @Override
    public void forgetPictures(List<String> paths) {
      paths.forEach(waiting::remove);
    }

    @Override
    public void notePictureFailures(List<String> paths, Instant at) {
      paths.forEach(path -> waiting.put(path, at));
    }

    @Override
    public void close() {}
  }

  private static final class Counts implements RetentionRun.Counts {
    int passes;
    int pictures;
    int failures;

    @Override
    public void passesDeleted(int deleted) {
      passes += deleted;
    }

    @Override
    public void picturesDeleted(int deleted) {
      pictures += deleted;
    }

    @Override
    public void evidenceRemoved(int removed) {
      throw new AssertionError("only keep-free does");
    }

    @Override
    public void orphansDeleted(int deleted) {
      throw new AssertionError("only the sweep does");
    }

    @Override
    public void failed() {
      failures++;
    }
  }
}
