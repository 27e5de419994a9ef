package io.plateflow.models.motion;

import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.Area;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Tells whether a camera's picture changed since the last one that was let through, on an 80x45
 * grey miniature. An unchanged scene is let through once per refresh interval, counted in capture
 * time, so that a replay lets the same frames through. One gate serves one camera and one thread.
 */
public final class MotionGate {

  private static final int COLUMNS = 80;
  private static final int ROWS = 45;
  // Enough samples of a cell that the noise of single pixels averages out.
  private static final int SAMPLES_PER_SIDE = 4;

  private final MotionConfig config;
  private final boolean[] watched;
  private final int watchedCells;
  private float[] reference;
  private float[] current = new float[COLUMNS * ROWS];
  private Instant lastThrough;
  private int width;
  private int height;

  public MotionGate(MotionConfig config) {
    this(config, List.of());
  }

  /**
   * @param areas changes elsewhere do not count; empty means the whole frame
   */
  public MotionGate(MotionConfig config, List<Area> areas) {
    this.config = config;
    this.watched = new boolean[COLUMNS * ROWS];
    int count = 0;
    for (int i = 0; i < watched.length; i++) {
      double x = (i % COLUMNS + 0.5) / COLUMNS;
      double y = (i / COLUMNS + 0.5) / ROWS;
      watched[i] = areas.isEmpty() || areas.stream().anyMatch(area -> area.contains(x, y));
      count += watched[i] ? 1 : 0;
    }
    this.watchedCells = count;
  }

  /** Whether this frame is worth a look. */
  public boolean moved(Pixels pixels, Instant capturedAt) {
    miniature(pixels);
    boolean through =
        reference == null
            || pixels.width() != width
            || pixels.height() != height
            || refreshDue(capturedAt)
            || changedCells() > config.minChangedShare() * watchedCells;
    if (through) {
      float[] spare = reference == null ? new float[COLUMNS * ROWS] : reference;
      reference = current;
      current = spare;
      lastThrough = capturedAt;
      width = pixels.width();
      height = pixels.height();
    }
    return through;
  }

  private boolean refreshDue(Instant capturedAt) {
    // A clock that was set back must not close the gate.
    return Duration.between(lastThrough, capturedAt).abs().compareTo(config.refresh()) >= 0;
  }

  /** Cells that differ by more than the whole picture got lighter or darker. */
  private int changedCells() {
    double shift = 0;
    for (int i = 0; i < current.length; i++) {
      if (watched[i]) {
        shift += current[i] - reference[i];
      }
    }
    float mean = watchedCells == 0 ? 0 : (float) (shift / watchedCells);
    int changed = 0;
    for (int i = 0; i < current.length; i++) {
      if (watched[i] && Math.abs(current[i] - reference[i] - mean) > config.minGreyChange()) {
        changed++;
      }
    }
    return changed;
  }

  private void miniature(Pixels pixels) {
    ByteBuffer bgr = pixels.bgr();
    int down = ROWS * SAMPLES_PER_SIDE;
    int across = COLUMNS * SAMPLES_PER_SIDE;
    Arrays.fill(current, 0);
    for (int sy = 0; sy < down; sy++) {
      int y = (int) ((sy + 0.5) * pixels.height() / down);
      int row = y * pixels.width();
      int cellRow = sy / SAMPLES_PER_SIDE * COLUMNS;
      for (int sx = 0; sx < across; sx++) {
        int x = (int) ((sx + 0.5) * pixels.width() / across);
        int at = 3 * (row + x);
        // Luma of ITU-R BT.601 in eighths, near enough for a difference.
        int grey =
            (bgr.get(at) & 0xFF) + 5 * (bgr.get(at + 1) & 0xFF) + 2 * (bgr.get(at + 2) & 0xFF);
        current[cellRow + sx / SAMPLES_PER_SIDE] += grey;
      }
    }
    float scale = 1f / (8 * SAMPLES_PER_SIDE * SAMPLES_PER_SIDE);
    for (int i = 0; i < current.length; i++) {
      current[i] *= scale;
    }
  }
}
