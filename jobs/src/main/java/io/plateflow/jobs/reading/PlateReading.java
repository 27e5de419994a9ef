package io.plateflow.jobs.reading;

import io.plateflow.models.recognition.RecognizedPlate;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.frame.Frame;
import java.io.Serializable;

/** Reads text and attributes of plates on frames. */
public interface PlateReading extends AutoCloseable {

  RecognizedPlate read(Frame frame, Detection plate);

  @Override
  void close();

  /** Opens the reading of this process when an operator starts. */
  @FunctionalInterface
  interface Factory extends Serializable {
    PlateReading open();
  }
}
