package io.plateflow.models.recognition;

import java.util.List;

/**
 * The result for one picture, with the time of each stage in milliseconds.
 *
 * @param width in pixels, after the picture was turned upright
 * @param height in pixels
 * @param decodeMillis 0 where the picture came decoded
 * @param plateMillis for finding plates and pairing them with vehicles
 */
public record RecognizedImage(
    int width,
    int height,
    List<PlateOnVehicle> detections,
    double decodeMillis,
    double vehicleMillis,
    double plateMillis,
    double readMillis,
    double totalMillis) {

  public RecognizedImage {
    detections = List.copyOf(detections);
  }
}
