package io.plateflow.connectors.camera.reader;

import io.plateflow.clients.camera.CameraSourceException;
import io.plateflow.clients.camera.FrameSourceConfig;
import io.plateflow.clients.camera.capture.CameraClientFactory;
import io.plateflow.connectors.camera.CameraRecord;
import io.plateflow.connectors.camera.enumerator.CameraChanged;
import io.plateflow.connectors.camera.enumerator.CameraEnded;
import io.plateflow.connectors.camera.enumerator.CameraRemoved;
import io.plateflow.connectors.camera.split.CameraSplit;
import io.plateflow.connectors.camera.split.CameraSplitState;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.CameraStatus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the cameras of one subtask. Each has its own thread; the task polls their mailboxes
 * round-robin, so that a live picture waits in no further queue.
 */
public final class CameraReader implements SourceReader<CameraRecord, CameraSplit> {

  private static final Logger LOG = LoggerFactory.getLogger(CameraReader.class);
  private static final CompletableFuture<Void> AVAILABLE = CompletableFuture.completedFuture(null);

  private final SourceReaderContext context;
  private final FrameSourceConfig config;
  private final CameraClientFactory clients;
  private final FeedClock clock;
  private final RandomGenerator random;
  private final FeedEventEmitter emitter;

  private final Map<String, CameraSplitState> splits = new LinkedHashMap<>();
  private final Map<String, CameraFeed> feeds = new LinkedHashMap<>();
  private final Map<String, CameraMetrics> metrics = new HashMap<>();
  private final Map<String, SourceOutput<CameraRecord>> outputs = new HashMap<>();

  /** Feeds in polling order. */
  private final ArrayDeque<String> turns = new ArrayDeque<>();

  /** Records without a feed: states of cameras that ended or were removed. */
  private final ArrayDeque<CameraStatus> notices = new ArrayDeque<>();

  private final Set<String> paused = new HashSet<>();
  private final ScheduledExecutorService watchdog;
  private boolean noMoreSplits;
  private CompletableFuture<Void> available = new CompletableFuture<>();

  public CameraReader(
      SourceReaderContext context,
      FrameSourceConfig config,
      CameraClientFactory clients,
      FeedClock clock,
      RandomGenerator random) {
    this.context = context;
    this.config = config;
    this.clients = clients;
    this.clock = clock;
    this.random = random;
    this.emitter = new FeedEventEmitter(clock);
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "camera-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.watchdog = executor;
  }

  @Override
  public void start() {
    Duration shortest =
        config.readTimeout().compareTo(config.connectTimeout()) < 0
            ? config.readTimeout()
            : config.connectTimeout();
    long period = Math.max(10, shortest.toMillis() / 4);
    watchdog.scheduleWithFixedDelay(this::checkFeeds, period, period, TimeUnit.MILLISECONDS);
  }

  private void checkFeeds() {
    List<CameraFeed> now;
    synchronized (this) {
      now = List.copyOf(feeds.values());
    }
    now.forEach(CameraFeed::check);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<CameraRecord> output) {
    CameraStatus notice = notices.poll();
    if (notice != null) {
      emitter.emit(notice, outputOf(notice.cameraId(), output));
      if (!splits.containsKey(notice.cameraId())) {
        outputs.remove(notice.cameraId());
        output.releaseOutputForSplit(notice.cameraId());
      }
      return hasWork() ? InputStatus.MORE_AVAILABLE : idle();
    }
    for (int i = turns.size(); i > 0; i--) {
      String id = turns.remove();
      turns.add(id);
      FeedEvent event = paused.contains(id) ? null : of(feeds, id).poll();
      if (event != null) {
        emit(id, event, output);
        return hasWork() ? InputStatus.MORE_AVAILABLE : idle();
      }
    }
    return idle();
  }

  private void emit(String id, FeedEvent event, ReaderOutput<CameraRecord> output) {
    CameraSplitState split = of(splits, id);
    emitter.emit(event, split, of(metrics, id), outputOf(id, output));
    if (split.position().ended()) {
      stopFeed(id);
      context.sendSourceEventToCoordinator(new CameraEnded(id));
    }
  }

  /** What belongs to a camera that has a feed. */
  private static <T> T of(Map<String, T> all, String id) {
    return Objects.requireNonNull(all.get(id), () -> "camera %s is not read here".formatted(id));
  }

  private SourceOutput<CameraRecord> outputOf(String id, ReaderOutput<CameraRecord> output) {
    return outputs.computeIfAbsent(id, output::createOutputForSplit);
  }

  private InputStatus idle() {
    return noMoreSplits && feeds.isEmpty() && notices.isEmpty()
        ? InputStatus.END_OF_INPUT
        : InputStatus.NOTHING_AVAILABLE;
  }

  private boolean hasWork() {
    if (!notices.isEmpty()) {
      return true;
    }
    for (Map.Entry<String, CameraFeed> feed : feeds.entrySet()) {
      if (!feed.getValue().isEmpty() && !paused.contains(feed.getKey())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public synchronized CompletableFuture<Void> isAvailable() {
    if (hasWork() || noMoreSplits && feeds.isEmpty()) {
      return AVAILABLE;
    }
    if (available.isDone()) {
      available = new CompletableFuture<>();
    }
    return available;
  }

  /** Called by every camera's thread. */
  private synchronized void wake() {
    available.complete(null);
  }

  @Override
  public void addSplits(List<CameraSplit> added) {
    for (CameraSplit split : added) {
      if (splits.containsKey(split.splitId())) {
        LOG.info("Camera {} is read here already", split.splitId());
        continue;
      }
      splits.put(split.splitId(), new CameraSplitState(split));
      if (split.position().ended()) {
        // Emitted again, so that operators restored after a recovery get it too.
        notices.add(status(split, CameraStatus.State.ENDED, ""));
      } else {
        startFeed(split);
      }
    }
    wake();
  }

  private void startFeed(CameraSplit split) {
    String id = split.splitId();
    CameraFeed feed =
        new CameraFeed(
            split,
            config,
            clients,
            clock,
            random,
            metrics.computeIfAbsent(id, key -> new CameraMetrics(context.metricGroup(), key)),
            this::wake);
    synchronized (this) {
      feeds.put(id, feed);
    }
    turns.add(id);
    feed.start();
  }

  private void stopFeed(String id) {
    CameraFeed feed;
    synchronized (this) {
      feed = feeds.remove(id);
    }
    turns.remove(id);
    if (feed != null) {
      feed.stop();
    }
  }

  @Override
  public void notifyNoMoreSplits() {
    noMoreSplits = true;
    wake();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event instanceof CameraRemoved removed) {
      remove(removed.cameraId());
    } else if (event instanceof CameraChanged changed) {
      change(changed.camera());
    } else {
      throw new CameraSourceException(
          "Camera reader: found event %s, expected CameraRemoved or CameraChanged"
              .formatted(event.getClass().getName()));
    }
    wake();
  }

  private void remove(String id) {
    CameraSplitState split = splits.remove(id);
    if (split != null) {
      stopFeed(id);
      notices.add(status(split.toSplit(), CameraStatus.State.ENDED, "left the catalogue"));
    }
  }

  private void change(CameraDefinition camera) {
    CameraSplitState split = splits.get(camera.id());
    if (split == null) {
      throw new CameraSourceException(
          "camera %s was changed, but is not read here".formatted(camera.id()));
    }
    if (CameraSplit.sameInput(split.camera(), camera)) {
      split.changeCamera(camera);
      CameraFeed feed = feeds.get(camera.id());
      if (feed != null) {
        feed.changeCamera(camera);
      }
    } else {
      CameraSplit fresh = CameraSplit.fresh(camera);
      stopFeed(camera.id());
      splits.put(camera.id(), new CameraSplitState(fresh));
      startFeed(fresh);
    }
  }

  private CameraStatus status(CameraSplit split, CameraStatus.State state, String reason) {
    return new CameraStatus(split.splitId(), state, reason, clock.now(), split.position().frames());
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
    paused.addAll(toPause);
    paused.removeAll(toResume);
    wake();
  }

  @Override
  public List<CameraSplit> snapshotState(long checkpointId) {
    return splits.values().stream().map(CameraSplitState::toSplit).toList();
  }

  @Override
  public void close() {
    watchdog.shutdownNow();
    List.copyOf(feeds.keySet()).forEach(this::stopFeed);
  }
}
