package io.plateflow.models.motion;

import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.DetectionAreas;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a camera's picture changed since the last one that was let through, on an 80x45
 * grey miniature. An unchanged scene is let through once per refresh interval, counted in capture
 * time, so that a replay lets the same frames through. What it compares with is handed in and out;
 * one gate serves one thread.
 */
public final class MotionGate {

  private static final int COLUMNS = 80;
  private static final int ROWS = 45;
  // Enough samples of a cell that the noise of single pixels averages out.
  private static final int SAMPLES_PER_SIDE = 4;
  // Sixteen samples of 8 x 255 at most fit into 15 bits.
  private static final float GREY_PER_SUM = 1f / (8 * SAMPLES_PER_SIDE * SAMPLES_PER_SIDE);

  private final MotionConfig config;
  private final DetectionAreas areas;
  private final boolean[] watched;
  private final int watchedCells;
  private final short[] cells = new short[COLUMNS * ROWS];

  public MotionGate(MotionConfig config) {
    this(config, DetectionAreas.WHOLE_FRAME);
  }

  /**
   * @param areas changes elsewhere do not count
   */
  public MotionGate(MotionConfig config, DetectionAreas areas) {
    this.config = config;
    this.areas = areas;
    this.watched = new boolean[COLUMNS * ROWS];
    int count = 0;
    for (int i = 0; i < watched.length; i++) {
      double x = (i % COLUMNS + 0.5) / COLUMNS;
      double y = (i / COLUMNS + 0.5) / ROWS;
      watched[i] = areas.watches(x, y);
      count += watched[i] ? 1 : 0;
    }
    this.watchedCells = count;
  }

  /** Where changes count. */
  public DetectionAreas areas() {
    return areas;
  }

  /**
   * Looks at one more frame.
   *
   * @param reference what the last call came to, or null before the first frame
   * @return another reference where this frame is worth a look; the given one where it is not
   */
  public MotionReference look(
      @Nullable MotionReference reference, Pixels pixels, Instant capturedAt) {
    miniature(pixels);
    if (reference != null
        && pixels.width() == reference.width()
        && pixels.height() == reference.height()
        && !refreshDue(reference, capturedAt)
        && changedCells(reference.cells()) <= config.minChangedShare() * watchedCells) {
      return reference;
    }
    return new MotionReference(pixels.width(), pixels.height(), capturedAt, cells.clone());
  }

  private boolean refreshDue(MotionReference reference, Instant capturedAt) {
    // A clock that was set back must not close the gate.
    Duration since = Duration.between(reference.capturedAt(), capturedAt).abs();
    return since.compareTo(config.refresh()) >= 0;
  }

  /** Cells that differ by more than the whole picture got lighter or darker. */
  private int changedCells(short[] before) {
    long shift = 0;
    for (int i = 0; i < cells.length; i++) {
      if (watched[i]) {
        shift += cells[i] - before[i];
      }
    }
    double mean = watchedCells == 0 ? 0 : (double) shift / watchedCells;
    double least = config.minGreyChange() / GREY_PER_SUM;
    int changed = 0;
    for (int i = 0; i < cells.length; i++) {
      if (watched[i] && Math.abs(cells[i] - before[i] - mean) > least) {
        changed++;
      }
    }
    return changed;
  }

  private void miniature(Pixels pixels) {
    ByteBuffer bgr = pixels.bgr();
    int down = ROWS * SAMPLES_PER_SIDE;
    int across = COLUMNS * SAMPLES_PER_SIDE;
    int[] sums = new int[COLUMNS];
    for (int sy = 0; sy < down; sy++) {
      int y = (int) ((sy + 0.5) * pixels.height() / down);
      int row = y * pixels.width();
      for (int sx = 0; sx < across; sx++) {
        int x = (int) ((sx + 0.5) * pixels.width() / across);
        int at = 3 * (row + x);
        // Luma of ITU-R BT.601 in eighths, near enough for a difference.
        sums[sx / SAMPLES_PER_SIDE] +=
            (bgr.get(at) & 0xFF) + 5 * (bgr.get(at + 1) & 0xFF) + 2 * (bgr.get(at + 2) & 0xFF);
      }
      if (sy % SAMPLES_PER_SIDE == SAMPLES_PER_SIDE - 1) {
        int cellRow = sy / SAMPLES_PER_SIDE * COLUMNS;
        for (int i = 0; i < COLUMNS; i++) {
          cells[cellRow + i] = (short) sums[i];
          sums[i] = 0;
        }
      }
    }
  }
}
