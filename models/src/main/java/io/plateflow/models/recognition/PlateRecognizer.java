package io.plateflow.models.recognition;

import io.plateflow.models.attributes.PlateAttributeExtractor;
import io.plateflow.models.read.PlateReader;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateRead;
import java.util.List;

/** Reads plates on this machine and derives their attributes. Thread-safe. */
public final class PlateRecognizer implements AutoCloseable {

  /** The reader that is named where the plate was not read. */
  private static final String LOCAL = "local";

  private final PlateReader reader;
  private final PlateAttributeExtractor attributes = new PlateAttributeExtractor();

  /**
   * @param reader closed with this
   */
  public PlateRecognizer(PlateReader reader) {
    this.reader = reader;
  }

  /**
   * Reads the plate in the box.
   *
   * @param plateBox in pixels of the picture; may reach over its edge
   * @param regions expected countries, ISO 3166 lower case, most likely first; empty means any
   */
  public RecognizedPlate recognize(Pixels pixels, BoundingBox plateBox, List<String> regions) {
    return withAttributes(pixels, plateBox, reader.read(pixels, plateBox, regions));
  }

  /** Looks at the plate's colours without reading it. */
  public RecognizedPlate withoutText(Pixels pixels, BoundingBox plateBox) {
    return withAttributes(pixels, plateBox, PlateRead.nothing(LOCAL));
  }

  private RecognizedPlate withAttributes(Pixels pixels, BoundingBox plateBox, PlateRead read) {
    return new RecognizedPlate(read, attributes.attributes(pixels, plateBox, read));
  }

  @Override
  public void close() {
    reader.close();
  }
}
