package io.plateflow.connectors.camera.enumerator;

import io.plateflow.clients.camera.CameraCatalog;
import io.plateflow.clients.camera.CameraIds;
import io.plateflow.clients.camera.CameraInput;
import io.plateflow.clients.camera.CameraSourceException;
import io.plateflow.connectors.camera.split.CameraSplit;
import io.plateflow.schemas.camera.CameraDefinition;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assigns each camera to the subtask that owns its key group, and follows the catalogue while the
 * job runs. After a recovery the readers report their splits; all are reassigned by the current
 * parallelism once every reader has registered.
 */
public final class CameraEnumerator implements SplitEnumerator<CameraSplit, CameraEnumeratorState> {

  private static final Logger LOG = LoggerFactory.getLogger(CameraEnumerator.class);

  private final SplitEnumeratorContext<CameraSplit> context;
  private final CameraCatalog catalog;
  private final Duration pollInterval;
  private final int maxParallelism;
  private final boolean bounded;

  /** Assigned cameras. */
  private final Map<String, CameraDefinition> assigned = new LinkedHashMap<>();

  private final Set<String> ended = new LinkedHashSet<>();

  /** Splits returned by readers and not yet reassigned. */
  private final Map<String, CameraSplit> returned = new LinkedHashMap<>();

  /** Readers that were not yet told that no more splits come. */
  private final Set<Integer> unsignalled = new TreeSet<>();

  /** The last good catalogue. */
  private List<CameraDefinition> wanted;

  private String lastCatalogProblem = "";

  /**
   * @param restored null for a first start
   */
  public CameraEnumerator(
      SplitEnumeratorContext<CameraSplit> context,
      CameraCatalog catalog,
      Duration pollInterval,
      int maxParallelism,
      boolean bounded,
      @Nullable CameraEnumeratorState restored) {
    this.context = context;
    this.catalog = catalog;
    this.pollInterval = pollInterval;
    this.maxParallelism = maxParallelism;
    this.bounded = bounded;
    if (restored != null) {
      restored.assigned().forEach(camera -> assigned.put(camera.id(), camera));
      ended.addAll(restored.ended());
      restored.returned().forEach(split -> returned.put(split.splitId(), split));
    }
  }

  @Override
  public void start() {
    boolean recovering = !assigned.isEmpty();
    try {
      wanted = load();
    } catch (RuntimeException e) {
      if (!recovering) {
        throw e;
      }
      wanted = List.copyOf(assigned.values());
      reportProblem(e);
    }
    if (bounded) {
      for (CameraDefinition camera : wanted) {
        if (camera.enabled() && CameraInput.of(camera) != CameraInput.RECORDED) {
          throw new CameraSourceException(
              "camera %s: found the live input %s, expected files and folders only in a run that has to end"
                  .formatted(camera.id(), camera.printableUri()));
        }
      }
    } else {
      context.callAsync(
          this::load, this::onCatalog, pollInterval.toMillis(), pollInterval.toMillis());
    }
  }

  private List<CameraDefinition> load() {
    List<CameraDefinition> cameras = catalog.load();
    CameraIds.requireUnique(cameras);
    return cameras;
  }

  private void onCatalog(List<CameraDefinition> cameras, @Nullable Throwable problem) {
    if (problem != null) {
      reportProblem(problem);
      return;
    }
    lastCatalogProblem = "";
    wanted = cameras;
    reconcile();
  }

  private void reportProblem(Throwable problem) {
    String message = String.valueOf(problem.getMessage());
    // Once per problem: the catalogue is polled every few seconds.
    if (!message.equals(lastCatalogProblem)) {
      lastCatalogProblem = message;
      LOG.warn("Camera catalogue cannot be used, the last good one stays: {}", message);
    }
  }

  @Override
  public void addReader(int subtask) {
    ReaderInfo reader =
        Objects.requireNonNull(
            context.registeredReaders().get(subtask), "a reader is registered before it is added");
    reader
        .<CameraSplit>getReportedSplitsOnRegistration()
        .forEach(split -> returned.put(split.splitId(), split));
    unsignalled.add(subtask);
    reconcile();
  }

  @Override
  public void addSplitsBack(List<CameraSplit> splits, int subtask) {
    // Their reader is gone; its successor's registration hands them out again.
    splits.forEach(split -> returned.put(split.splitId(), split));
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    if (event instanceof CameraEnded end) {
      ended.add(end.cameraId());
    } else {
      throw new CameraSourceException(
          "Camera enumerator: found event %s of subtask %d, expected CameraEnded"
              .formatted(event.getClass().getName(), subtask));
    }
  }

  /** Applies the catalogue to the readers; does nothing until all of them have registered. */
  private void reconcile() {
    if (!allReadersRegistered()) {
      return;
    }
    Map<String, CameraDefinition> enabled = new LinkedHashMap<>();
    wanted.stream().filter(CameraDefinition::enabled).forEach(c -> enabled.put(c.id(), c));

    for (String id : List.copyOf(assigned.keySet())) {
      if (!enabled.containsKey(id)) {
        assigned.remove(id);
        ended.remove(id);
        if (returned.remove(id) == null) {
          context.sendEventToSourceReader(owner(id), new CameraRemoved(id));
        }
        LOG.info("Camera {} left the catalogue", id);
      }
    }
    returned.keySet().retainAll(enabled.keySet());
    enabled.values().forEach(this::bringUpToDate);
    if (bounded) {
      unsignalled.forEach(context::signalNoMoreSplits);
      unsignalled.clear();
    }
  }

  private void bringUpToDate(CameraDefinition camera) {
    CameraSplit back = returned.remove(camera.id());
    CameraDefinition before = assigned.put(camera.id(), camera);
    if (back != null) {
      CameraSplit split = back.reconfigured(camera);
      if (!split.position().ended()) {
        ended.remove(camera.id());
      }
      context.assignSplit(split, owner(camera.id()));
    } else if (before == null) {
      LOG.info("Camera {} joins: {}", camera.id(), camera.printableUri());
      context.assignSplit(CameraSplit.fresh(camera), owner(camera.id()));
    } else if (!before.equals(camera)) {
      if (!CameraSplit.sameInput(before, camera)) {
        ended.remove(camera.id());
      }
      context.sendEventToSourceReader(owner(camera.id()), new CameraChanged(camera));
    }
  }

  private boolean allReadersRegistered() {
    return context.registeredReaders().size() == context.currentParallelism();
  }

  private int owner(String cameraId) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
        cameraId, maxParallelism, context.currentParallelism());
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {
    // Cameras are handed out unasked.
  }

  @Override
  public CameraEnumeratorState snapshotState(long checkpointId) {
    return new CameraEnumeratorState(
        List.copyOf(assigned.values()), ended, List.copyOf(returned.values()));
  }

  @Override
  public void close() {}
}
