package io.plateflow.models.recognition;

import java.util.List;

/** What one picture shows, and what each stage took in milliseconds. */
public record RecognizedImage(
    int width,
    int height,
    List<PlateOnVehicle> detections,
    double decodeMillis,
    double vehicleMillis,
    double plateMillis,
    double readMillis,
    double totalMillis) {}
