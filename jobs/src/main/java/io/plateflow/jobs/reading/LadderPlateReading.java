package io.plateflow.jobs.reading;

import io.plateflow.jobs.pass.LadderConfig;
import io.plateflow.models.attributes.AttributeReader;
import io.plateflow.models.read.PlateReader;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.plate.PlateRead;

/** Reads with the rungs of this machine, and looks at colours and grammar for the rest. */
public final class LadderPlateReading implements PlateReading {

  private final PlateReader reader;
  private final LadderConfig ladder;
  private final AttributeReader attributes = new AttributeReader();

  /**
   * @param reader closed with this
   * @param ladder says of which cameras this machine reads the plates
   */
  public LadderPlateReading(PlateReader reader, LadderConfig ladder) {
    this.reader = reader;
    this.ladder = ladder;
  }

  @Override
  public Result read(Frame frame, Detection plate) {
    PlateRead read =
        ladder.of(frame.camera().id()).local()
            ? reader.read(frame.pixels(), plate.box(), frame.camera().regions())
            : PlateRead.nothing("local");
    return new Result(read, attributes.attributes(frame.pixels(), plate.box(), read));
  }

  @Override
  public void close() {
    reader.close();
  }
}
