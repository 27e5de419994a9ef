package io.plateflow.standalone.bench;

import io.plateflow.jobs.reading.PlateReading;
import io.plateflow.models.recognition.RecognizedPlate;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;
import java.util.Arrays;
import java.util.List;

/** Reads the plates of {@link SyntheticTraffic} with some errors. */
final class SyntheticReading implements PlateReading {

  private static final double SURE = 0.9;

  private final SyntheticTraffic traffic;

  SyntheticReading(SyntheticTraffic traffic) {
    this.traffic = traffic;
  }

  @Override
  public RecognizedPlate read(Frame frame, Detection plate) {
    String text = traffic.read(frame.camera().id(), frame.capturedAt(), plate.box());
    float[] scores = new float[text.length()];
    Arrays.fill(scores, (float) SURE);
    PlateRead read =
        new PlateRead(
            text, SURE, scores, List.of(new PlateRead.Candidate(text, SURE)), null, "id", "local");
    return new RecognizedPlate(
        read,
        new PlateAttributes(
            text, null, "black", "white", null, null, false, "private", "B", "Jakarta", "id"));
  }

  @Override
  public void close() {}
}
