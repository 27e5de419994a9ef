package io.plateflow.schemas.frame;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A picture in memory: 8-bit BGR, interleaved, rows packed without padding, in a direct buffer.
 * Nobody writes to it after it was handed over. The last reader calls {@link #release()}, which
 * gives the buffer back to whoever lent it; without a lender it is left to the garbage collector.
 */
public final class Pixels {

  private final ByteBuffer bgr;
  private final int width;
  private final int height;
  private final Runnable onRelease;
  private final AtomicBoolean released = new AtomicBoolean();

  /**
   * @param bgr direct, at least {@code width * height * 3} bytes from index 0
   * @param onRelease called once when the picture is released
   */
  public Pixels(ByteBuffer bgr, int width, int height, Runnable onRelease) {
    if (width <= 0 || height <= 0 || bgr.capacity() < 3L * width * height) {
      throw new IllegalArgumentException(
          "Not a picture: found %dx%d in %d bytes, expected at least 1x1 and %d bytes"
              .formatted(width, height, bgr.capacity(), 3L * width * height));
    }
    if (!bgr.isDirect()) {
      throw new IllegalArgumentException("Pixels need a direct buffer, found one on the heap");
    }
    this.bgr = bgr;
    this.width = width;
    this.height = height;
    this.onRelease = onRelease;
  }

  public Pixels(ByteBuffer bgr, int width, int height) {
    this(bgr, width, height, () -> {});
  }

  /** The bytes; position and limit are nobody's: use absolute access or a duplicate. */
  public ByteBuffer bgr() {
    if (released.get()) {
      throw new IllegalStateException("Pixels were released: %dx%d".formatted(width, height));
    }
    return bgr;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** Gives the buffer back; later calls do nothing. */
  public void release() {
    if (released.compareAndSet(false, true)) {
      onRelease.run();
    }
  }
}
