package io.plateflow.api.recognition;

import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.models.recognition.RecognizedImage;
import java.util.List;

/**
 * An upload whose picture is stored and whose reads are acknowledged.
 *
 * @param kept what counts of what was found; each is a session
 * @param sessionIds of those, in their order
 * @param usage of the client, with this one
 */
public record AcceptedUpload(
    long id, RecognizedImage image, List<PlateOnVehicle> kept, List<Long> sessionIds, Usage usage) {

  public AcceptedUpload {
    kept = List.copyOf(kept);
    sessionIds = List.copyOf(sessionIds);
  }
}
