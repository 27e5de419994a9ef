package io.plateflow.connectors.camera.reader;

import io.plateflow.clients.camera.CameraInput;
import io.plateflow.clients.camera.CameraSourceException;
import io.plateflow.clients.camera.FrameSourceConfig;
import io.plateflow.clients.camera.capture.CameraClientFactory;
import io.plateflow.clients.camera.capture.PixelPool;
import io.plateflow.connectors.camera.split.CameraSplit;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.CameraStatus.State;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one camera: a daemon thread reads it and reconnects when it is lost. A thread that hangs in
 * a native call is aborted and, if that fails, replaced by a new one; no call waits for it.
 */
final class CameraFeed {

  private static final Logger LOG = LoggerFactory.getLogger(CameraFeed.class);

  /** At most this many threads for a camera whose calls cannot be aborted. */
  private static final int MAX_ABANDONED = 3;

  final boolean recorded;
  final FrameSourceConfig config;
  final CameraClientFactory clients;
  final FeedClock clock;
  final CameraMetrics metrics;
  final FeedMailbox mailbox;
  final PixelPool pool;
  final CountDownLatch stopped = new CountDownLatch(1);
  final ReconnectBackoff backoff;

  private final Runnable onEvent;
  private volatile CameraDefinition camera;

  /** Null before the start and after the stop. Guarded by this. */
  private @Nullable CameraSession session;

  private CameraSplit resumeFrom;

  /** Null before the first. Guarded by this. */
  private @Nullable State state;

  private int abandoned;

  /**
   * @param onEvent called by the camera's thread whenever there is something to poll
   */
  CameraFeed(
      CameraSplit split,
      FrameSourceConfig config,
      CameraClientFactory clients,
      FeedClock clock,
      RandomGenerator random,
      CameraMetrics metrics,
      Runnable onEvent) {
    this.camera = split.camera();
    this.resumeFrom = split;
    this.recorded = CameraInput.of(split.camera()) == CameraInput.RECORDED;
    this.config = config;
    this.clients = clients;
    this.clock = clock;
    this.metrics = metrics;
    this.onEvent = onEvent;
    this.mailbox = new FeedMailbox(config.queueSize());
    this.pool = new PixelPool(split.splitId(), config.pictureBuffers());
    metrics.watch(mailbox::pictures, pool::lent);
    this.backoff = new ReconnectBackoff(config.initialBackoff(), config.maxBackoff(), random);
  }

  synchronized void start() {
    CameraSession first = new CameraSession(this, resumeFrom.position(), Duration.ZERO);
    session = first;
    first.start();
  }

  CameraDefinition camera() {
    return camera;
  }

  /** Applies a new definition from the next frame on. */
  void changeCamera(CameraDefinition changed) {
    camera = changed;
  }

  /** The next event; null where nothing waits. */
  @Nullable FeedEvent poll() {
    return mailbox.poll();
  }

  boolean isEmpty() {
    return mailbox.isEmpty();
  }

  /** Aborts a client call that takes too long; called periodically by the watchdog. */
  void check() {
    CameraSession stuck;
    synchronized (this) {
      stuck = session;
      if (stuck == null || stopped.getCount() == 0) {
        return;
      }
    }
    Duration late = stuck.late(clock.nanoTime());
    if (late.isNegative()) {
      return;
    }
    stuck.abort();
    change(stuck, State.DOWN, stuck.lateReason());
    if (late.compareTo(stuck.limit()) > 0) {
      replace(stuck);
    }
  }

  private synchronized void replace(CameraSession stuck) {
    if (session != stuck || abandoned >= MAX_ABANDONED) {
      return;
    }
    abandoned++;
    LOG.warn("Camera {}: a call does not end; its thread is left behind", camera.id());
    CameraSession next = new CameraSession(this, stuck.position(), backoff.next());
    session = next;
    next.start();
  }

  /** Stops the feed without waiting for its thread. */
  void stop() {
    CameraSession last;
    synchronized (this) {
      last = session;
      session = null;
    }
    stopped.countDown();
    mailbox.close();
    pool.close();
    if (last != null) {
      last.abort();
      last.interrupt();
    }
  }

  synchronized boolean isCurrent(CameraSession asking) {
    return session == asking;
  }

  /** Publishes a state change; ignored unless {@code by} is the current session. */
  void change(CameraSession by, State next, String reason) {
    synchronized (this) {
      if (session != by || state == next) {
        return;
      }
      state = next;
      metrics.up(next == State.UP);
      mailbox.putNotice(new FeedEvent.Change(next, reason, clock.now()));
    }
    switch (next) {
      case DOWN ->
          LOG.warn("Camera {} is down: {} ({})", camera.id(), reason, camera.printableUri());
      case UP -> LOG.info("Camera {} is up ({})", camera.id(), camera.printableUri());
      case ENDED ->
          LOG.info("Camera {} has ended{}", camera.id(), reason.isEmpty() ? "" : ": " + reason);
      case CONNECTING -> LOG.debug("Camera {} is being opened", camera.id());
      default -> throw new CameraSourceException("Unknown camera state " + next);
    }
    onEvent.run();
  }

  void notice(CameraSession by, FeedEvent notice) {
    if (isCurrent(by)) {
      mailbox.putNotice(notice);
      onEvent.run();
    }
  }

  /** Adds an event of a recorded camera; blocks until there is room. */
  void put(CameraSession by, FeedEvent event) throws InterruptedException {
    if (isCurrent(by)) {
      mailbox.put(event);
      onEvent.run();
    } else {
      throw new InterruptedException("another thread reads camera %s now".formatted(camera.id()));
    }
  }

  /** Adds a live picture, replacing the oldest one if there is no room. */
  void putNewest(CameraSession by, FeedEvent.Picture picture) {
    if (isCurrent(by)) {
      metrics.drop(CameraMetrics.Drop.SUPERSEDED, mailbox.putNewest(picture));
      onEvent.run();
    } else {
      picture.frame().pixels().release();
    }
  }
}
