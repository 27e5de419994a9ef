package io.plateflow.models.recognition;

import io.plateflow.models.attributes.AttributeReader;
import io.plateflow.models.read.PlateReader;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateRead;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A reader of this machine.
 *
 * @param reader closed with this
 */
public record LocalReading(PlateReader reader, AttributeReader attributes) implements StillReading {

  public LocalReading(PlateReader reader) {
    this(reader, new AttributeReader());
  }

  Result readNow(Pixels pixels, BoundingBox plateBox, List<String> regions) {
    PlateRead read = reader.read(pixels, plateBox, regions);
    return new Result(read, attributes.attributes(pixels, plateBox, read));
  }

  @Override
  public CompletableFuture<Result> read(Pixels pixels, BoundingBox plateBox, List<String> regions) {
    return CompletableFuture.completedFuture(readNow(pixels, plateBox, regions));
  }

  @Override
  public boolean asksOthers() {
    return false;
  }

  @Override
  public void close() {
    reader.close();
  }
}
