package io.plateflow.connectors.camera.reader;

import io.plateflow.clients.camera.CameraPosition;
import io.plateflow.clients.camera.CameraSourceException;
import io.plateflow.clients.camera.capture.CameraClient;
import io.plateflow.clients.camera.capture.GrabbedFrame;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.CameraStatus.State;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.frame.UnreadableImageException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of one camera: connects, reads, and reconnects. */
final class CameraSession implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(CameraSession.class);

  /** A camera that stayed up so long has recovered; the next pauses are short again. */
  private static final Duration STABLE = Duration.ofSeconds(10);

  private final CameraFeed feed;
  private final Duration firstPause;
  private final CaptureClock captureClock;
  private final Thread thread;

  /** Written by this thread only; read by the watchdog. */
  private volatile CameraClient client;

  private volatile Duration limit = Duration.ZERO;
  private volatile boolean busy;
  private volatile long busySince;
  private volatile boolean lost;
  private volatile CameraPosition position;

  private FrameRateCap cap;
  private double capRate = -1;
  private Instant paceFrom;
  private long paceFromNanos;

  CameraSession(CameraFeed feed, CameraPosition from, Duration firstPause) {
    this.feed = feed;
    this.position = from;
    this.captureClock = new CaptureClock(from.lastCapturedAt());
    this.firstPause = firstPause;
    this.thread = new Thread(this, "camera-" + feed.camera().id());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  void interrupt() {
    thread.interrupt();
  }

  /** Where the next session continues. */
  CameraPosition position() {
    return position;
  }

  Duration limit() {
    return limit;
  }

  String lateReason() {
    return "no answer within %d ms".formatted(limit.toMillis());
  }

  /** By how much the current call exceeds its limit; negative while it is within. */
  Duration late(long nowNanos) {
    return busy ? Duration.ofNanos(nowNanos - busySince).minus(limit) : Duration.ofNanos(-1);
  }

  void abort() {
    lost = true;
    CameraClient open = client;
    if (open != null) {
      open.abort();
    }
  }

  @Override
  public void run() {
    try {
      feed.clock.pause(firstPause, feed.stopped);
      while (isInCharge()) {
        feed.change(this, State.CONNECTING, "");
        Duration pause = attempt();
        if (pause == null) {
          return;
        }
        feed.metrics.reconnect();
        feed.clock.pause(pause, feed.stopped);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isInCharge() {
    return feed.stopped.getCount() > 0 && feed.isCurrent(this);
  }

  /**
   * One connection, from its opening to its end.
   *
   * @return how long to wait for the next, or null for none
   */
  private Duration attempt() throws InterruptedException {
    lost = false;
    boolean open = false;
    long openedAt = feed.clock.nanoTime();
    String reason;
    try (CameraClient attempted = feed.clients.create(feed.camera())) {
      client = attempted;
      begin(feed.options.connectTimeout());
      attempted.open(position);
      finish();
      open = true;
      openedAt = feed.clock.nanoTime();
      read(attempted);
      if (!isInCharge()) {
        return null;
      }
      if (feed.recorded) {
        feed.change(this, State.UP, "");
        feed.change(this, State.ENDED, "");
        return null;
      }
      reason = "the stream ended";
    } catch (IOException | CameraSourceException e) {
      reason = e.getMessage();
    } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
      // The thread's top: what happens to one camera must reach neither the others nor the job.
      LOG.error("Camera {} failed unexpectedly", feed.camera().id(), e);
      reason = e.toString();
    } finally {
      busy = false;
      client = null;
    }
    if (!isInCharge()) {
      return null;
    }
    // What cannot be read now will not be read in a run that has to end; and a file that breaks off
    // breaks off again.
    if (feed.recorded && (feed.options.finite() || open && !lost)) {
      feed.put(this, rejection("film", position.nextSequence(), position, reason));
      feed.change(this, State.ENDED, reason);
      return null;
    }
    if (open && feed.clock.nanoTime() - openedAt > STABLE.toNanos()) {
      feed.backoff.reset();
    }
    feed.change(this, State.DOWN, lost ? lateReason() : reason);
    return feed.backoff.next();
  }

  private void read(CameraClient open) throws IOException, InterruptedException {
    long leftOutBefore = 0;
    long decodedBefore = open.decodeNanos();
    while (isInCharge()) {
      begin(feed.options.readTimeout());
      GrabbedFrame grab = open.next();
      finish();
      if (grab == null) {
        return;
      }
      feed.metrics.decoded(open.decodeNanos() - decodedBefore, open.lagMillis());
      decodedBefore = open.decodeNanos();
      if (grab.isLive()) {
        int leftOut = (int) (open.leftOut() - leftOutBefore);
        leftOutBefore += leftOut;
        feed.metrics.drop(CameraMetrics.Drop.DECODER_BEHIND, leftOut);
        readLive(grab, leftOut);
      } else {
        readRecorded(grab);
      }
    }
  }

  private void begin(Duration allowed) {
    limit = allowed;
    busySince = feed.clock.nanoTime();
    busy = true;
  }

  private void finish() throws IOException {
    busy = false;
    if (lost) {
      throw new IOException(lateReason());
    }
  }

  private void readLive(GrabbedFrame grab, int leftOut) throws InterruptedException {
    feed.change(this, State.UP, "");
    CameraDefinition camera = feed.camera();
    Instant now = feed.clock.now();
    Instant capturedAt = captureClock.next(now, feed.clock.nanoTime());
    long sequence = position.nextSequence() + leftOut;
    boolean passes = cap(camera).passes(capturedAt);
    position = moved(grab, sequence + 1, -1, capturedAt);
    if (!passes) {
      feed.metrics.drop(CameraMetrics.Drop.RATE_CAP, 1);
      return;
    }
    if (!feed.pool.hasFree() && feed.mailbox.evictOldest()) {
      feed.metrics.drop(CameraMetrics.Drop.SUPERSEDED, 1);
    }
    if (!feed.pool.hasFree()) {
      feed.metrics.drop(CameraMetrics.Drop.NO_BUFFER, 1);
      return;
    }
    try {
      Pixels pixels = grab.loader().load(feed.pool, camera.rotate());
      Frame frame = new Frame(camera, sequence, capturedAt, now, null, pixels);
      feed.putNewest(this, new FeedEvent.Picture(frame, -1, null, cap.nextDueMicros()));
    } catch (UnreadableImageException e) {
      feed.notice(this, rejection("frame", sequence, position, e.getMessage()));
    }
  }

  private void readRecorded(GrabbedFrame grab) throws InterruptedException {
    if (grab.sequence() < position.nextSequence()) {
      // Handed on before the restart already.
      return;
    }
    feed.change(this, State.UP, "");
    CameraDefinition camera = feed.camera();
    if (!grab.still() && !cap(camera).passes(grab.capturedAt())) {
      feed.metrics.drop(CameraMetrics.Drop.RATE_CAP, 1);
      return;
    }
    pace(grab);
    try {
      Pixels pixels = grab.loader().load(feed.pool, camera.rotate());
      Frame frame =
          new Frame(
              camera, grab.sequence(), grab.capturedAt(), feed.clock.now(), grab.entry(), pixels);
      feed.put(
          this,
          new FeedEvent.Picture(
              frame, grab.timestampMicros(), grab.entry(), cap(camera).nextDueMicros()));
      position = moved(grab, grab.sequence() + 1, grab.timestampMicros(), grab.capturedAt());
    } catch (UnreadableImageException e) {
      CameraPosition next = moved(grab, grab.sequence() + 1, -1, position.lastCapturedAt());
      feed.put(this, rejection("frame", grab.sequence(), next, e.getMessage()));
      position = next;
    }
  }

  /** Paces a film that is played at its own speed. */
  private void pace(GrabbedFrame grab) throws InterruptedException {
    if (!feed.options.realtime() || grab.still()) {
      return;
    }
    if (paceFrom == null) {
      paceFrom = grab.capturedAt();
      paceFromNanos = feed.clock.nanoTime();
    }
    long dueNanos = paceFromNanos + Duration.between(paceFrom, grab.capturedAt()).toNanos();
    long wait = dueNanos - feed.clock.nanoTime();
    if (wait > 0) {
      feed.clock.pause(Duration.ofNanos(wait), feed.stopped);
    }
  }

  private FrameRateCap cap(CameraDefinition camera) {
    if (camera.maxFrameRate() != capRate) {
      capRate = camera.maxFrameRate();
      cap = new FrameRateCap(capRate, position.nextDueMicros());
    }
    return cap;
  }

  private CameraPosition moved(
      GrabbedFrame grab, long nextSequence, long timestampMicros, Instant capturedAt) {
    return new CameraPosition(
        nextSequence,
        timestampMicros,
        grab.entry(),
        capturedAt,
        cap == null ? position.nextDueMicros() : cap.nextDueMicros(),
        0,
        0,
        false);
  }

  private FeedEvent.Rejection rejection(String kind, long at, CameraPosition next, String reason) {
    return new FeedEvent.Rejection(
        at,
        next.nextSequence(),
        next.lastEntry(),
        next.nextDueMicros(),
        kind,
        reason,
        feed.clock.now());
  }
}
