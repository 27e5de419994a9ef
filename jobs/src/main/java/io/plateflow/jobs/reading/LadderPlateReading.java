package io.plateflow.jobs.reading;

import io.plateflow.jobs.pass.LadderConfig;
import io.plateflow.models.read.PlateReader;
import io.plateflow.models.recognition.PlateRecognizer;
import io.plateflow.models.recognition.RecognizedPlate;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.frame.Frame;

/** Reads plates with the local rungs, and their attributes from colours and grammar. */
public final class LadderPlateReading implements PlateReading {

  private final PlateRecognizer recognizer;
  private final LadderConfig ladder;

  /**
   * @param reader closed with this
   * @param ladder decides which cameras' plates are read locally
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
