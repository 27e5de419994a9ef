package io.plateflow.models.read;

import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateRead;
import java.util.List;
import java.util.Objects;

/** Asks readers one after the other until one of them reads something that can be used. */
public final class ReadingLadder implements PlateReader {

  private final List<PlateReader> rungs;
  private final double minConfidence;

  /**
   * @param rungs best first, at least one; they are closed with the ladder
   * @param minConfidence below it a read is not used and the next rung is asked, 0..1
   */
  public ReadingLadder(List<PlateReader> rungs, double minConfidence) {
    if (rungs.isEmpty() || !(minConfidence >= 0 && minConfidence <= 1)) {
      throw new IllegalArgumentException(
          "Reading ladder: found %d rungs and confidence %s, expected at least one and 0..1"
              .formatted(rungs.size(), minConfidence));
    }
    this.rungs = List.copyOf(rungs);
    this.minConfidence = minConfidence;
  }

  @Override
  public PlateRead read(Pixels pixels, BoundingBox plateBox, List<String> regions) {
    PlateRead best = null;
    for (PlateReader rung : rungs) {
      PlateRead read = rung.read(pixels, plateBox, regions);
      if (!read.isEmpty() && read.confidence() >= minConfidence) {
        return read;
      }
      if (best == null || read.confidence() > best.confidence()) {
        best = read;
      }
    }
    return Objects.requireNonNull(best, "a ladder has a rung");
  }

  @Override
  public void close() {
    rungs.forEach(PlateReader::close);
  }
}
