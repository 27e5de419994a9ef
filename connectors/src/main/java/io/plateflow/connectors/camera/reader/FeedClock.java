package io.plateflow.connectors.camera.reader;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Time as the camera threads see it. */
public interface FeedClock {

  Instant now();

  /** Only differences of it mean anything. */
  long nanoTime();

  /** Waits so long, or until the latch opens. */
  void pause(Duration duration, CountDownLatch stop) throws InterruptedException;

  FeedClock SYSTEM =
      new FeedClock() {
        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        @SuppressWarnings("ReturnValueIgnored")
        public void pause(Duration duration, CountDownLatch stop) throws InterruptedException {
          boolean stopped = stop.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        }
      };
}
