package io.plateflow.api.galaxy.rest;

import org.jspecify.annotations.Nullable;

/**
 * One pass as the tables have it.
 *
 * @param at by the clock at the place
 * @param entered by the clock at the gate, where it begins or ends a parking visit; else null
 * @param millis of its recognition
 * @param originalPath of the picture as sent, else of the stored frame
 * @param vehicle null where none was seen; then there is a plate
 */
record RestPass(
    long sessionId,
    String passKey,
    String at,
    @Nullable String entered,
    @Nullable String left,
    String cameraId,
    int locationId,
    String location,
    String locationType,
    String resolution,
    double millis,
    @Nullable String originalPath,
    @Nullable Vehicle vehicle,
    @Nullable Plate plate) {

  /**
   * @param box [x1, y1, x2, y2] in pixels, as JSON
   */
  record Vehicle(
      long id,
      int index,
      String vehicleClass,
      double confidence,
      @Nullable String path,
      String box) {}

  /**
   * @param text empty where it could not be read
   * @param status what the list says of it now
   * @param box [x1, y1, x2, y2] in pixels, as JSON
   */
  record Plate(
      long id,
      int index,
      String text,
      double confidence,
      @Nullable String path,
      String box,
      @Nullable String type,
      String status,
      @Nullable String textColor,
      @Nullable String backgroundColor,
      @Nullable String regionCode,
      @Nullable String region,
      @Nullable String reader) {}
}
