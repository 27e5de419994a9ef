package io.plateflow.jobs.reading;

import io.plateflow.jobs.pass.LadderConfig;
import io.plateflow.models.read.PlateReader;
import io.plateflow.models.recognition.PlateRecognizer;
import io.plateflow.models.recognition.RecognizedPlate;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.frame.Frame;

/** Reads with the rungs of this machine, and looks at colours and grammar for the rest. */
public final class LadderPlateReading implements PlateReading {

  private final PlateRecognizer recognizer;
  private final LadderConfig ladder;

  /**
   * @param reader closed with this
   * @param ladder says of which cameras this machine reads the plates
   */
  public LadderPlateReading(PlateReader reader, LadderConfig ladder) {
    this.recognizer = new PlateRecognizer(reader);
    this.ladder = ladder;
  }

  @Override
  public RecognizedPlate read(Frame frame, Detection plate) {
    return ladder.of(frame.camera().id()).local()
        ? recognizer.recognize(frame.pixels(), plate.box(), frame.camera().regions())
        : recognizer.withoutText(frame.pixels(), plate.box());
  }

  @Override
  public void close() {
    recognizer.close();
  }
}
