package io.plateflow.clients.evidence;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the pictures of one task in background threads, so that a slow store does not block the
 * cameras. The latest picture of a path wins: it replaces a queued one and is written after one in
 * progress. When the queue is full, the caller blocks.
 *
 * <p>A failed write is retried, unless the disk is full; then the picture is given up, counted and
 * logged. While the store fails, each further picture is tried only once, or the retries would
 * block the cameras.
 */
public final class EvidenceWriters implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EvidenceWriters.class);

  /** The first, and two more after 200 ms and a second. */
  private static final int ATTEMPTS = 3;

  private static final IntervalFunction PAUSES =
      IntervalFunction.ofExponentialBackoff(Duration.ofMillis(200), 5);

  /** A full disk refuses every picture, often for hours. */
  private static final Duration SAY_FULL_EVERY = Duration.ofMinutes(1);

  /** Shorter than the time after which Flink gives a cancelled task up. */
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(30);

  private static final byte[] NOTHING = {};

  private enum Kind {
    WRITE,
    DELETE,
    TOUCH;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The pending operation of a path.
   *
   * @param picture what to write; empty for the others
   */
  private record Work(String path, Kind kind, byte[] picture) {}

  private final PictureStore store;
  private final int capacity;
  private final EvidenceCounts counts;
  private final Retry retry;
  private final List<Thread> threads = new ArrayList<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Work> waiting = new LinkedHashMap<>();
  private final Set<String> underWay = new HashSet<>();
  private boolean closed;
  private volatile boolean failing;
  private volatile long fullSaidNanos;

  /**
   * @param writers threads, at least 1
   * @param capacity pictures that may wait, at least 1
   */
  public EvidenceWriters(PictureStore store, int writers, int capacity, EvidenceCounts counts) {
    this(store, writers, capacity, counts, PAUSES);
  }

  EvidenceWriters(
      PictureStore store,
      int writers,
      int capacity,
      EvidenceCounts counts,
      IntervalFunction pauses) {
    this.store = store;
    this.capacity = capacity;
    this.counts = counts;
    this.retry =
        Retry.of(
            "evidence",
            RetryConfig.custom()
                .maxAttempts(ATTEMPTS)
                .intervalFunction(pauses)
                // Clients of object stores throw both. A store that fails is not waited for again.
                .retryOnException(
                    e ->
                        !failing
                            && !(e instanceof StoreFullException)
                            && (e instanceof IOException || e instanceof RuntimeException))
                .build());
    retry.getEventPublisher().onRetry(event -> counts.retried());
    for (int i = 0; i < writers; i++) {
      Thread thread = new Thread(this::work, "evidence-writer-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  /** Queues the picture; blocks while the queue is full. */
  public void write(String path, byte[] picture) throws InterruptedException {
    enqueue(new Work(path, Kind.WRITE, picture));
  }

  /** Deletes the picture at this path, whether written or still queued. */
  public void delete(String path) throws InterruptedException {
    enqueue(new Work(path, Kind.DELETE, NOTHING));
  }

  /** Makes the picture at this path look newly written, unless something else waits for it. */
  public void touch(String path) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (!waiting.containsKey(path)) {
        enqueue(new Work(path, Kind.TOUCH, NOTHING));
      }
    } finally {
      lock.unlock();
    }
  }

  private void enqueue(Work work) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (!waiting.containsKey(work.path()) && waiting.size() >= capacity) {
        long begun = System.nanoTime();
        while (waiting.size() >= capacity) {
          changed.await();
        }
        counts.waited(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
      }
      // An entry that is replaced keeps its turn.
      if (waiting.put(work.path(), work) != null) {
        counts.replaced();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns when the queue is empty and no write is in progress. */
  public void flush() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!idle()) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until none of these paths is queued or under way.
   *
   * @return whether that was so within this time
   */
  public boolean await(Collection<String> paths, Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (paths.stream().anyMatch(p -> waiting.containsKey(p) || underWay.contains(p))) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Pictures in the queue. */
  public int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private boolean idle() {
    return waiting.isEmpty() && underWay.isEmpty();
  }

  private void work() {
    try {
      for (Work work = next(); work != null; work = next()) {
        try {
          carryOut(work);
        } finally {
          done(work);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("Evidence writer was stopped", e);
    }
  }

  /** Null when closed and empty. */
  private @Nullable Work next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        for (Work work : waiting.values()) {
          // One at a time for each path, or an older picture could be written last.
          if (!underWay.contains(work.path())) {
            waiting.remove(work.path());
            underWay.add(work.path());
            changed.signalAll();
            return work;
          }
        }
        if (closed && waiting.isEmpty()) {
          return null;
        }
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void done(Work work) {
    lock.lock();
    try {
      underWay.remove(work.path());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void carryOut(Work work) throws InterruptedException {
    try {
      Retry.decorateCheckedRunnable(retry, () -> attempt(work)).run();
      failing = false;
    } catch (Throwable e) {
      if (Thread.interrupted()) {
        throw new InterruptedException(e.toString());
      }
      giveUp(work, e);
    }
  }

  private void attempt(Work work) throws IOException {
    switch (work.kind()) {
      case DELETE -> store.delete(work.path());
      case TOUCH -> store.touch(work.path());
      case WRITE -> {
        store.write(work.path(), work.picture());
        counts.written(work.picture().length);
      }
    }
  }

  private void giveUp(Work work, Throwable cause) {
    counts.failed();
    if (cause instanceof StoreFullException) {
      counts.outOfSpace();
      if (failing && System.nanoTime() - fullSaidNanos < SAY_FULL_EVERY.toNanos()) {
        return;
      }
      fullSaidNanos = System.nanoTime();
    }
    String what = work.kind().label();
    int bytes = work.picture().length;
    String message = "Cannot {} evidence: path={} bytes={}: {}";
    if (failing) {
      LOG.warn(message, what, work.path(), bytes, cause.toString());
    } else {
      // With its trace once, until the store works again.
      LOG.warn(message, what, work.path(), bytes, cause.toString(), cause);
    }
    failing = true;
  }

  /** Writes what is queued within a bounded time; the rest counts as failed. */
  @Override
  public void close() {
    boolean interrupted = false;
    long deadline = System.nanoTime() + CLOSE_WITHIN.toNanos();
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      long remaining = CLOSE_WITHIN.toNanos();
      while (!idle() && remaining > 0) {
        try {
          changed.awaitNanos(remaining);
        } catch (InterruptedException e) {
          // A cancelled task is interrupted; its passes may be in the tables already.
          interrupted = true;
        }
        remaining = deadline - System.nanoTime();
      }
      if (!idle()) {
        Set<String> left = new TreeSet<>(underWay);
        left.addAll(waiting.keySet());
        left.forEach(path -> counts.failed());
        LOG.warn(
            "Evidence left unwritten after {} s: pictures={} paths={}",
            CLOSE_WITHIN.toSeconds(),
            left.size(),
            left);
        waiting.clear();
      }
    } finally {
      lock.unlock();
    }
    threads.forEach(Thread::interrupt);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
