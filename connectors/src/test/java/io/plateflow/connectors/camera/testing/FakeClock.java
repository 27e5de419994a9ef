package io.plateflow.connectors.camera.testing;

import io.plateflow.clients.camera.testing.TestCameras;
import io.plateflow.connectors.camera.reader.FeedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is told, or until somebody pauses: pauses pass at once. */
public final class FakeClock implements FeedClock {

  private final AtomicLong nanos = new AtomicLong();
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private volatile Duration wallOffset = Duration.ZERO;

  @Override
  public Instant now() {
    return TestCameras.RECORDED_AT.plusNanos(nanos.get()).plus(wallOffset);
  }

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public void pause(Duration duration, CountDownLatch stop) {
    if (!duration.isZero()) {
      pauses.add(duration);
      advance(duration);
    }
  }

  public void advance(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  /** Somebody sets the wall clock. */
  public void setWallClock(Duration by) {
    wallOffset = by;
  }

  public List<Duration> pauses() {
    return pauses;
  }
}
