package io.plateflow.models.read;

import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateRead;
import java.util.List;

/** Reads the text of a plate in a picture. One reader serves all threads of a process. */
public interface PlateReader extends AutoCloseable {

  /**
   * Never throws for a picture, whatever is in it: where nothing can be read the read is empty.
   *
   * @param plateBox the plate, in pixels of the picture; may reach over its edge
   * @param regions countries that are expected, ISO 3166 lower case, most likely first; empty means
   *     any
   */
  PlateRead read(Pixels pixels, BoundingBox plateBox, List<String> regions);

  @Override
  default void close() {}
}
