package io.plateflow.api.recognition;

import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.models.recognition.RecognizedImage;
import java.util.List;

/**
 * An upload whose picture is stored and whose reads are acknowledged.
 *
 * @param kept what counts of what was found; each is a session
 * @param sessionIds of those, in their order
 * @param calls recognitions of the client in this month, this one among them
 */
public record AcceptedUpload(
    long id, RecognizedImage image, List<PlateOnVehicle> kept, List<Long> sessionIds, long calls) {

  public AcceptedUpload {
    kept = List.copyOf(kept);
    sessionIds = List.copyOf(sessionIds);
  }
}
