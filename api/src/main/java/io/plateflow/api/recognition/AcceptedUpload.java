package io.plateflow.api.recognition;

import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.models.recognition.RecognizedImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An upload whose picture is stored and whose reads are acknowledged.
 *
 * @param kept what counts of what was found; each is a session
 * @param sessionIds of those, in their order
 * @param pictures of those, in their order
 * @param originalPath of the picture as sent; null where none are kept
 * @param usage of the client, with this one
 */
public record AcceptedUpload(
    long id,
    RecognizedImage image,
    List<PlateOnVehicle> kept,
    List<Long> sessionIds,
    List<CutOut> pictures,
    @Nullable String originalPath,
    Usage usage) {

  /**
   * Where the pictures of one vehicle or lone plate are; null where there is none.
   *
   * @param passId of its pass
   */
  public record CutOut(String passId, @Nullable String vehicle, @Nullable String plate) {}

  public AcceptedUpload {
    kept = List.copyOf(kept);
    sessionIds = List.copyOf(sessionIds);
    pictures = List.copyOf(pictures);
  }
}
