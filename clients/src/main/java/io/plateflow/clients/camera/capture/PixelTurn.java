package io.plateflow.clients.camera.capture;

import io.plateflow.schemas.camera.Rotation;
import io.plateflow.schemas.frame.Pixels;
import java.nio.ByteBuffer;

/** Turns packed BGR pictures by quarters, clockwise. */
final class PixelTurn {

  private static final int BYTES = 3;

  /** Rows that are turned together, so that each cache line of the target is written once. */
  private static final int STRIP = 64;

  private PixelTurn() {}

  /** The picture itself where it need not be turned; else a pooled one, and it is released. */
  static Pixels turned(Pixels upright, Rotation rotation, PixelPool pool)
      throws InterruptedException {
    if (rotation == Rotation.NONE) {
      return upright;
    }
    int width = upright.width();
    int height = upright.height();
    try {
      boolean upended = rotation.quarterTurns() % 2 == 1;
      Pixels turned = upended ? pool.lend(height, width) : pool.lend(width, height);
      turn(upright.bgr(), width, height, width * BYTES, rotation.quarterTurns(), turned.bgr());
      return turned;
    } finally {
      upright.release();
    }
  }

  /**
   * @param stride bytes from one row of {@code from} to the next
   * @param quarterTurns 1 to 3
   * @param to rows without padding
   */
  static void turn(
      ByteBuffer from, int width, int height, int stride, int quarterTurns, ByteBuffer to) {
    byte[] strip = new byte[STRIP * width * BYTES];
    byte[] out = new byte[Math.max(STRIP, width) * BYTES];
    for (int top = 0; top < height; top += STRIP) {
      int rows = Math.min(STRIP, height - top);
      for (int y = 0; y < rows; y++) {
        from.get((top + y) * stride, strip, y * width * BYTES, width * BYTES);
      }
      if (quarterTurns == 2) {
        for (int y = 0; y < rows; y++) {
          copy(strip, ((y + 1) * width - 1) * BYTES, -BYTES, out, width);
          to.put((height - 1 - top - y) * width * BYTES, out, 0, width * BYTES);
        }
      } else {
        turnStrip(strip, rows, top, width, height, quarterTurns, out, to);
      }
    }
  }

  /** Each column of the strip is a piece of a row of the turned picture. */
  private static void turnStrip(
      byte[] strip,
      int rows,
      int top,
      int width,
      int height,
      int quarterTurns,
      byte[] out,
      ByteBuffer to) {
    int row = width * BYTES;
    for (int x = 0; x < width; x++) {
      if (quarterTurns == 1) {
        // Upwards: what lay at the bottom comes first.
        copy(strip, (rows - 1) * row + x * BYTES, -row, out, rows);
        to.put((x * height + height - top - rows) * BYTES, out, 0, rows * BYTES);
      } else {
        copy(strip, x * BYTES, row, out, rows);
        to.put(((width - 1 - x) * height + top) * BYTES, out, 0, rows * BYTES);
      }
    }
  }

  private static void copy(byte[] from, int first, int step, byte[] to, int pixels) {
    int at = first;
    for (int i = 0; i < pixels * BYTES; i += BYTES) {
      to[i] = from[at];
      to[i + 1] = from[at + 1];
      to[i + 2] = from[at + 2];
      at += step;
    }
  }
}
