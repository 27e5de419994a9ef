package io.plateflow.jobs.track;

import io.plateflow.models.attributes.AttributeReader;
import io.plateflow.models.read.PlateReader;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.plate.PlateRead;

/** Reads with the rungs of this machine, and looks at colours and grammar for the rest. */
public final class LadderPlateReading implements PlateReading {

  private final PlateReader reader;
  private final AttributeReader attributes = new AttributeReader();

  /**
   * @param reader closed with this
   */
  public LadderPlateReading(PlateReader reader) {
    this.reader = reader;
  }

  @Override
  public Result read(Frame frame, Detection plate) {
    PlateRead read = reader.read(frame.pixels(), plate.box(), frame.camera().regions());
    return new Result(read, attributes.attributes(frame.pixels(), plate.box(), read));
  }

  @Override
  public void close() {
    reader.close();
  }
}
