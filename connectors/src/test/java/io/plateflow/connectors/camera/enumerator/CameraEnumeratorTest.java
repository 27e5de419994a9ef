package io.plateflow.connectors.camera.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.clients.camera.CameraCatalog;
import io.plateflow.clients.camera.CameraSourceException;
import io.plateflow.clients.camera.testing.TestCameras;
import io.plateflow.connectors.camera.split.CameraSplit;
import io.plateflow.schemas.camera.CameraDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.connector.testutils.source.reader.TestingSplitEnumeratorContext;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.Test;

class CameraEnumeratorTest {

  private static final int MAX_PARALLELISM = 128;

  private final List<CameraDefinition> catalog =
      new ArrayList<>(
          IntStream.range(0, 12)
              .mapToObj(n -> TestCameras.camera("cam-" + n, "film-" + n + ".mp4"))
              .toList());
  private RuntimeException catalogProblem;
  private TestingSplitEnumeratorContext<CameraSplit> context;
  private CameraEnumerator enumerator;

  @Test
  void aCameraGoesToTheOwnerOfItsKeyGroup() {
    start(3, false, null);
    register(0);
    register(1);
    assertThat(assigned()).as("nothing before all readers are there").isEmpty();
    register(2);

    assertThat(assigned()).hasSize(12);
    assertOwners(3);
  }

  @Test
  void disabledCamerasAreNotOpened() {
    catalog.set(3, catalog.get(3).withEnabled(false));
    start(1, false, null);
    register(0);
    assertThat(assigned()).hasSize(11).doesNotContainKey("cam-3");
  }

  @Test
  void followsTheCatalogue() {
    start(2, false, null);
    register(0);
    register(1);

    catalog.add(TestCameras.camera("new", "new.mp4"));
    CameraDefinition moved = catalog.get(1).withLocation("elsewhere");
    catalog.set(1, moved);
    catalog.set(2, catalog.get(2).withEnabled(false));
    catalog.remove(0);
    poll();

    assertThat(assigned()).containsKey("new").hasSize(13);
    assertThat(events(owner("cam-0", 2))).contains(new CameraRemoved("cam-0"));
    assertThat(events(owner("cam-2", 2))).contains(new CameraRemoved("cam-2"));
    assertThat(events(owner("cam-1", 2))).contains(new CameraChanged(moved));

    int before = events(0).size() + events(1).size();
    poll();
    assertThat(events(0).size() + events(1).size()).as("told once").isEqualTo(before);
  }

  @Test
  void aCatalogueThatBecomesUnreadableKeepsTheLastGoodOne() {
    start(1, false, null);
    register(0);
    catalogProblem = new CameraSourceException("cannot be read");
    poll();
    poll();
    assertThat(events(0)).isEmpty();

    catalogProblem = null;
    catalog.remove(0);
    poll();
    assertThat(events(0)).containsExactly(new CameraRemoved("cam-0"));
  }

  @Test
  void aWrongCatalogueFailsTheFirstStartOnly() {
    catalogProblem = new CameraSourceException("cannot be read");
    assertThatThrownBy(() -> start(1, false, null)).isSameAs(catalogProblem);

    List<CameraDefinition> before = List.copyOf(catalog);
    start(1, false, new CameraEnumeratorState(before, Set.of(), List.of()));
    register(0, split(0, 5));
    assertThat(assigned()).containsKey("cam-0");
  }

  @Test
  void anIdTwiceIsNamed() {
    catalog.add(catalog.get(4));
    assertThatThrownBy(() -> start(1, false, null))
        .isInstanceOf(CameraSourceException.class)
        .hasMessage(
            "Camera catalogue: ids that stand more than once: cam-4, expected each id once");
  }

  @Test
  void afterARecoveryReportedCamerasMoveToTheirNewOwnersWithTheirOffsets() {
    CameraEnumeratorState state = new CameraEnumeratorState(catalog, Set.of("cam-11"), List.of());
    start(3, false, state);
    CameraSplit[] reported =
        IntStream.range(0, 11).mapToObj(n -> split(n, n + 3)).toArray(CameraSplit[]::new);
    // All of them are reported by one reader, as after a scale-out from 1.
    register(0, reported);
    register(1);
    register(2);

    assertOwners(3);
    assertThat(assigned()).as("an ended film is not read again").doesNotContainKey("cam-11");
    for (CameraSplit split : reported) {
      assertThat(assigned().get(split.splitId()).position()).isEqualTo(split.position());
    }
  }

  @Test
  void aReaderThatFailedGetsItsCamerasBack() {
    start(1, false, null);
    register(0);
    context.registeredReaders().remove(0);
    enumerator.addSplitsBack(List.of(split(2, 7)), 0);
    assertThat(enumerator.snapshotState(1).returned())
        .as("waiting splits survive a failure of the enumerator")
        .containsExactly(split(2, 7));

    register(0, split(1, 9));

    assertThat(assigned().get("cam-1").position()).isEqualTo(split(1, 9).position());
    assertThat(assigned().get("cam-2").position()).isEqualTo(split(2, 7).position());
    assertThat(enumerator.snapshotState(2).returned()).isEmpty();
  }

  @Test
  void anotherFilmUnderTheSameIdStartsAtItsBeginning() {
    CameraEnumeratorState state = new CameraEnumeratorState(catalog, Set.of(), List.of());
    catalog.set(0, TestCameras.camera("cam-0", "another.mp4"));
    start(1, false, state);
    register(0, split(0, 5), split(1, 5));

    assertThat(assigned().get("cam-0").position().nextSequence()).isZero();
    assertThat(assigned().get("cam-1").position().nextSequence()).isEqualTo(6);
  }

  @Test
  void boundedReadersLearnThatNothingMoreComes() {
    start(2, true, null);
    register(0);
    register(1);
    assertThat(context.getSplitAssignments().values())
        .hasSize(2)
        .allMatch(state -> state.hasReceivedNoMoreSplitsSignal());

    catalog.add(TestCameras.camera("live", "rtsp://127.0.0.1/x"));
    assertThatThrownBy(() -> start(1, true, null))
        .isInstanceOf(CameraSourceException.class)
        .hasMessageContaining("camera live: found the live input rtsp://127.0.0.1/x");
  }

  @Test
  void unboundedReadersGoOn() {
    start(1, false, null);
    register(0);
    assertThat(context.getSplitAssignments().get(0).hasReceivedNoMoreSplitsSignal()).isFalse();
  }

  private void start(int parallelism, boolean bounded, CameraEnumeratorState restored) {
    context = new TestingSplitEnumeratorContext<>(parallelism);
    CameraCatalog source =
        () -> {
          if (catalogProblem != null) {
            throw catalogProblem;
          }
          return List.copyOf(catalog);
        };
    enumerator =
        new CameraEnumerator(
            context, source, Duration.ofSeconds(5), MAX_PARALLELISM, bounded, restored);
    enumerator.start();
  }

  private void register(int subtask, CameraSplit... reported) {
    context
        .registeredReaders()
        .put(subtask, ReaderInfo.createReaderInfo(subtask, "host", List.of(reported)));
    enumerator.addReader(subtask);
  }

  private void poll() {
    context.getExecutorService().triggerPeriodicScheduledTasks();
    context.triggerAllActions();
  }

  private Map<String, CameraSplit> assigned() {
    Map<String, CameraSplit> assigned = new TreeMap<>();
    context
        .getSplitAssignments()
        .values()
        .forEach(state -> state.getAssignedSplits().forEach(s -> assigned.put(s.splitId(), s)));
    return assigned;
  }

  private void assertOwners(int parallelism) {
    assertThat(context.getSplitAssignments()).hasSize(parallelism);
    context
        .getSplitAssignments()
        .forEach(
            (subtask, state) ->
                assertThat(state.getAssignedSplits())
                    .allMatch(split -> owner(split.splitId(), parallelism) == subtask));
  }

  private List<SourceEvent> events(int subtask) {
    return context.getSentEvents().getOrDefault(subtask, List.of());
  }

  private static int owner(String cameraId, int parallelism) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
        cameraId, MAX_PARALLELISM, parallelism);
  }

  private CameraSplit split(int camera, long lastSequence) {
    return new CameraSplit(
        TestCameras.camera("cam-" + camera, "film-" + camera + ".mp4"),
        TestCameras.behind(lastSequence, lastSequence * 40_000, null));
  }
}
