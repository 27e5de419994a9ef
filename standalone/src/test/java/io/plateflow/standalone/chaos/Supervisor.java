package io.plateflow.standalone.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Starts again what died, a moment later, as systemd or Kubernetes would. */
final class Supervisor implements AutoCloseable {

  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final Duration RESTART_AFTER = Duration.ofSeconds(1);

  private final List<Supervised> watched = new CopyOnWriteArrayList<>();
  private final Map<String, Long> missingSince = new HashMap<>();
  private final Thread thread = new Thread(this::watch, "supervisor");
  private volatile boolean closed;

  Supervisor() {
    thread.setDaemon(true);
    thread.start();
  }

  void add(List<? extends Supervised> more) {
    watched.addAll(more);
  }

  private void watch() {
    try {
      while (!closed) {
        for (Supervised one : watched) {
          look(one);
        }
        Thread.sleep(LOOK_EVERY.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Supervised one) {
    if (!one.isMissing()) {
      missingSince.remove(one.name());
      return;
    }
    long now = System.nanoTime();
    long since = missingSince.computeIfAbsent(one.name(), n -> now);
    if (now - since < RESTART_AFTER.toNanos()) {
      return;
    }
    missingSince.remove(one.name());
    try {
      one.start();
    } catch (IOException e) {
      System.err.printf("Cannot start %s again: %s%n", one.name(), e.getMessage());
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
