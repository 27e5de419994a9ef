package io.plateflow.models;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Instances that a process shares by key: opened for the first user, closed behind the last one.
 * Thread-safe; while one is opened or closed, users of others wait.
 */
public final class SharedInstances<K, V> {

  private final Map<K, Shared<V>> byKey = new HashMap<>();
  private final Consumer<V> closer;

  /**
   * @param closer closes an instance that nobody uses any more
   */
  public SharedInstances(Consumer<V> closer) {
    this.closer = closer;
  }

  /** One user's hold on an instance; closing it again does nothing. */
  public static final class Lease<V> implements AutoCloseable {
    private final V value;
    private final Runnable onClose;
    private boolean closed;

    private Lease(V value, Runnable onClose) {
      this.value = value;
      this.onClose = onClose;
    }

    public V value() {
      return value;
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        onClose.run();
      }
    }
  }

  /** A hold on the instance of the key, which is opened where there is none. */
  public synchronized Lease<V> acquire(K key, Supplier<V> open) {
    Shared<V> shared = byKey.computeIfAbsent(key, absent -> new Shared<>(open.get()));
    shared.users++;
    return new Lease<>(shared.value, () -> release(key, shared));
  }

  /** A hold on an instance of the caller's own, closed with the hold. */
  public Lease<V> own(V value) {
    return new Lease<>(value, () -> closer.accept(value));
  }

  private synchronized void release(K key, Shared<V> shared) {
    shared.users--;
    if (shared.users == 0) {
      byKey.remove(key);
      closer.accept(shared.value);
    }
  }

  private static final class Shared<V> {
    private final V value;
    private int users;

    Shared(V value) {
      this.value = value;
    }
  }
}
