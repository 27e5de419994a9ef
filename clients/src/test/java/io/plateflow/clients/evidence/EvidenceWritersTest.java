package io.plateflow.clients.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EvidenceWritersTest {

  private final SlowStore store = new SlowStore();
  private final Counts counts = new Counts();

  @Test
  void aSlowStoreDoesNotHoldTheCaller() throws Exception {
    try (EvidenceWriters writers = writers(2, 10)) {
      for (int i = 0; i < 10; i++) {
        writers.write("p" + i, new byte[] {(byte) i});
      }
      assertThat(store.files).isEmpty();
      assertThat(counts.waits).hasValue(0);
      store.allow(10);
      writers.flush();
      assertThat(store.files).hasSize(10);
    }
    assertThat(counts.written).hasValue(10);
  }

  @Test
  void aBetterPictureTakesThePlaceOfOneThatWaits() throws Exception {
    try (EvidenceWriters writers = writers(1, 10)) {
      writers.write("busy", new byte[] {1});
      store.awaitBegun();
      writers.write("p", new byte[] {1});
      writers.write("q", new byte[] {1});
      writers.write("p", new byte[] {2});
      store.allow(3);
      writers.flush();
    }
    assertThat(store.log).containsExactly("busy=1", "p=2", "q=1");
    assertThat(counts.replaced).hasValue(1);
  }

  @Test
  void aBetterPictureIsWrittenAfterTheOneThatIsBeingWritten() throws Exception {
    try (EvidenceWriters writers = writers(4, 10)) {
      writers.write("p", new byte[] {1});
      store.awaitBegun();
      writers.write("p", new byte[] {2});
      writers.write("q", new byte[] {1});
      store.awaitBegun();
      // Three writers are free, and none of them touches p.
      assertThat(store.begun).isEmpty();
      store.allow(3);
      writers.flush();
    }
    assertThat(store.files.get("p")).containsExactly(2);
    assertThat(store.log).containsSubsequence("p=1", "p=2");
  }

  @Test
  void aFullQueueHoldsTheCallerAndLosesNothing() throws Exception {
    try (EvidenceWriters writers = writers(1, 2)) {
      writers.write("busy", new byte[] {1});
      store.awaitBegun();
      writers.write("a", new byte[] {1});
      writers.write("b", new byte[] {1});
      CountDownLatch done = new CountDownLatch(1);
      Thread caller =
          new Thread(
              () -> {
                try {
                  writers.write("c", new byte[] {1});
                  done.countDown();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      caller.start();
      while (caller.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      assertThat(done.getCount()).isEqualTo(1);
      store.allow(4);
      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
      writers.flush();
    }
    assertThat(store.files).containsOnlyKeys("busy", "a", "b", "c");
    assertThat(counts.waits).hasValue(1);
  }

  @Test
  void aDeletionFollowsTheWriteItUndoes() throws Exception {
    try (EvidenceWriters writers = writers(2, 10)) {
      writers.write("p", new byte[] {1});
      store.awaitBegun();
      writers.delete("p");
      store.allow(1);
      writers.flush();
    }
    assertThat(store.files).isEmpty();
    assertThat(store.log).containsExactly("p=1", "p deleted");
  }

  @Test
  void aFailedWriteIsTriedAgain() throws Exception {
    store.failures.set(2);
    store.allow(3);
    try (EvidenceWriters writers = writers(1, 10)) {
      writers.write("p", new byte[] {1});
      writers.flush();
    }
    assertThat(store.files).containsOnlyKeys("p");
    assertThat(counts.retried).hasValue(2);
    assertThat(counts.failed).hasValue(0);
  }

  @Test
  void whatCannotBeWrittenIsCountedAndTheRestGoesOn() throws Exception {
    store.failures.set(4);
    store.allow(6);
    try (EvidenceWriters writers = writers(1, 10)) {
      writers.write("p", new byte[] {1});
      writers.flush();
      writers.write("q", new byte[] {1});
      writers.flush();
      writers.write("r", new byte[] {1});
      writers.flush();
    }
    // p three times; q once, since the store was known to fail.
    assertThat(counts.retried).hasValue(2);
    assertThat(counts.failed).hasValue(2);
    assertThat(store.files).containsOnlyKeys("r");
  }

  @Test
  void aFullDiskIsNotTriedAgainAndCounted() throws Exception {
    store.full = true;
    store.allow(3);
    try (EvidenceWriters writers = writers(1, 10)) {
      writers.write("p", new byte[] {1});
      writers.write("q", new byte[] {1});
      writers.flush();
      store.full = false;
      writers.write("r", new byte[] {1});
      writers.flush();
    }
    assertThat(counts.retried).hasValue(0);
    assertThat(counts.failed).hasValue(2);
    assertThat(counts.outOfSpace).hasValue(2);
    assertThat(store.files).containsOnlyKeys("r");
  }

  @Test
  void aTouchWaitsForNothingAndReplacesNothing() throws Exception {
    try (EvidenceWriters writers = writers(1, 10)) {
      writers.write("busy", new byte[] {1});
      store.awaitBegun();
      writers.write("p", new byte[] {1});
      writers.touch("p");
      writers.touch("q");
      store.allow(2);
      writers.flush();
    }
    assertThat(store.log).containsExactly("busy=1", "p=1", "q touched");
  }

  @Test
  void closingWritesWhatWaitsEvenInACancelledTask() throws Exception {
    EvidenceWriters writers = writers(1, 10);
    writers.write("p", new byte[] {1});
    writers.write("q", new byte[] {1});
    store.allow(2);
    Thread.currentThread().interrupt();
    writers.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(store.files).containsOnlyKeys("p", "q");
  }

  private EvidenceWriters writers(int threads, int capacity) {
    return new EvidenceWriters(store, threads, capacity, counts, attempt -> 0L);
  }

  /** Writes only as often as the test allows. */
  private static final class SlowStore implements PictureStore {
    final Map<String, byte[]> files = new ConcurrentHashMap<>();
    final List<String> log = new CopyOnWriteArrayList<>();
    final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
    volatile boolean full;
    final AtomicInteger failures = new AtomicInteger();
    private final Semaphore allowed = new Semaphore(0);

    void allow(int writes) {
      allowed.release(writes);
    }

    void awaitBegun() throws InterruptedException {
      assertThat(begun.poll(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS)).isNotNull();
    }

    @Override
    public void write(String path, byte[] picture) throws IOException {
      begun.add(path);
      allowed.acquireUninterruptibly();
      if (full) {
        throw new StoreFullException("no room", null);
      }
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new IOException("no space left");
      }
      files.put(path, picture);
      log.add(path + "=" + picture[0]);
    }

    @Override
    public void delete(String path) {
      files.remove(path);
      log.add(path + " deleted");
    }

    @Override
    public void touch(String path) {
      log.add(path + " touched");
    }
  }

  private static final class Counts implements EvidenceCounts {
    final AtomicInteger written = new AtomicInteger();
    final AtomicInteger replaced = new AtomicInteger();
    final AtomicInteger retried = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    final AtomicInteger outOfSpace = new AtomicInteger();
    final AtomicInteger waits = new AtomicInteger();

    @Override
    public void written(int bytes) {
      written.incrementAndGet();
    }

    @Override
    public void replaced() {
      replaced.incrementAndGet();
    }

    @Override
    public void retried() {
      retried.incrementAndGet();
    }

    @Override
    public void failed() {
      failed.incrementAndGet();
    }

    @Override
    public void outOfSpace() {
      outOfSpace.incrementAndGet();
    }

    @Override
    public void waited(long millis) {
      waits.incrementAndGet();
    }
  }
}
