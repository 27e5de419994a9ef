package io.plateflow.jobs.reading;

import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;
import java.io.Serializable;

/** Reads the plates of frames: the text and what else they show. */
public interface PlateReading extends AutoCloseable {

  /** A read and what else the same picture shows. */
  record Result(PlateRead read, PlateAttributes attributes) {}

  Result read(Frame frame, Detection plate);

  @Override
  void close();

  /** Opens the reading of this process when an operator starts. */
  @FunctionalInterface
  interface Factory extends Serializable {
    PlateReading open();
  }
}
