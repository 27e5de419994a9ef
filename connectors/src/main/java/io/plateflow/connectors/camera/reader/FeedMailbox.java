package io.plateflow.connectors.camera.reader;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue between a camera's thread and the task's thread. A recorded camera blocks when it
 * is full; a live one drops its oldest picture, so that the job never sees old ones.
 */
final class FeedMailbox {

  /** Beyond those that wait for room. */
  private static final int MAX_NOTICES = 32;

  private final int capacity;
  private final ArrayDeque<FeedEvent> events = new ArrayDeque<>();
  private boolean closed;

  /**
   * @param capacity pictures that wait at most
   */
  FeedMailbox(int capacity) {
    this.capacity = capacity;
  }

  /** Blocks until there is room. */
  synchronized void put(FeedEvent event) throws InterruptedException {
    while (count(e -> !(e instanceof FeedEvent.Change)) >= capacity && !closed) {
      wait();
    }
    add(event);
  }

  /** Makes room by dropping the oldest pictures. @return how many were dropped */
  synchronized int putNewest(FeedEvent.Picture picture) {
    int evicted = 0;
    while (count(e -> e instanceof FeedEvent.Picture) >= capacity && evictOldest()) {
      evicted++;
    }
    add(picture);
    return evicted;
  }

  /** Drops and releases the oldest picture; false if there is none. */
  synchronized boolean evictOldest() {
    for (Iterator<FeedEvent> it = events.iterator(); it.hasNext(); ) {
      if (it.next() instanceof FeedEvent.Picture picture) {
        it.remove();
        picture.frame().pixels().release();
        return true;
      }
    }
    return false;
  }

  /** Never blocks; when full, the oldest notices are dropped. */
  synchronized void putNotice(FeedEvent notice) {
    while (count(e -> !(e instanceof FeedEvent.Picture)) >= capacity + MAX_NOTICES) {
      for (Iterator<FeedEvent> it = events.iterator(); it.hasNext(); ) {
        if (!(it.next() instanceof FeedEvent.Picture)) {
          it.remove();
          break;
        }
      }
    }
    add(notice);
  }

  /** The oldest; null where nothing waits. */
  synchronized @Nullable FeedEvent poll() {
    FeedEvent event = events.poll();
    if (event != null) {
      notifyAll();
    }
    return event;
  }

  /** Pictures that wait. */
  synchronized int pictures() {
    return count(e -> e instanceof FeedEvent.Picture);
  }

  synchronized boolean isEmpty() {
    return events.isEmpty();
  }

  /** Releases all pictures; later ones are released at once. */
  synchronized void close() {
    closed = true;
    events.forEach(FeedMailbox::release);
    events.clear();
    notifyAll();
  }

  private void add(FeedEvent event) {
    if (closed) {
      release(event);
    } else {
      events.add(event);
    }
  }

  private static void release(FeedEvent event) {
    if (event instanceof FeedEvent.Picture picture) {
      picture.frame().pixels().release();
    }
  }

  private int count(Predicate<FeedEvent> kind) {
    int n = 0;
    for (FeedEvent event : events) {
      n += kind.test(event) ? 1 : 0;
    }
    return n;
  }
}
