package io.plateflow.clients.camera.capture;

import io.plateflow.schemas.frame.Pixels;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The picture buffers of one camera. Never more than the capacity: a further request blocks until
 * the job releases one, so that a slow job slows the camera instead of filling memory.
 */
public final class PixelPool {

  private static final Logger LOG = LoggerFactory.getLogger(PixelPool.class);
  private static final long WARN_AFTER_SECONDS = 30;

  private final String owner;
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();
  private int lent;
  private boolean closed;

  /**
   * @param owner named in messages
   */
  public PixelPool(String owner, int capacity) {
    this.owner = owner;
    this.capacity = capacity;
  }

  /** Waits for a buffer of the given picture size; its release gives it back. */
  public Pixels lend(int width, int height) throws InterruptedException {
    int bytes = Math.multiplyExact(Math.multiplyExact(width, height), 3);
    ByteBuffer buffer;
    lock.lockInterruptibly();
    try {
      while (lent >= capacity && !closed) {
        if (!released.await(WARN_AFTER_SECONDS, TimeUnit.SECONDS)) {
          LOG.warn(
              "Camera {} waits for a picture buffer: the job holds all {} and releases none",
              owner,
              capacity);
        }
      }
      if (closed) {
        throw new InterruptedException("picture buffers of camera %s are closed".formatted(owner));
      }
      lent++;
      buffer = free.poll();
    } finally {
      lock.unlock();
    }
    // A camera that changed its size leaves buffers of the old one behind; they are let go.
    if (buffer == null || buffer.capacity() != bytes) {
      try {
        buffer = ByteBuffer.allocateDirect(bytes);
      } catch (OutOfMemoryError e) {
        giveBack(null);
        throw e;
      }
    }
    ByteBuffer lentBuffer = buffer;
    return new Pixels(lentBuffer, width, height, () -> giveBack(lentBuffer));
  }

  /** Null where none came to be. */
  private void giveBack(@Nullable ByteBuffer buffer) {
    lock.lock();
    try {
      lent--;
      if (!closed && buffer != null) {
        free.push(buffer);
      }
      released.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Whether {@link #lend} would not wait. */
  public boolean hasFree() {
    lock.lock();
    try {
      return lent < capacity;
    } finally {
      lock.unlock();
    }
  }

  /** Buffers that are in use now. */
  public int lent() {
    lock.lock();
    try {
      return lent;
    } finally {
      lock.unlock();
    }
  }

  /** Wakes blocked callers with an {@link InterruptedException}; lent buffers stay valid. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      free.clear();
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
