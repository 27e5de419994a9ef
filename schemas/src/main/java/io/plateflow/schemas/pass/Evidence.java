package io.plateflow.schemas.pass;

import org.jspecify.annotations.Nullable;

/** Where the pictures of a pass are stored: paths of Flink's FileSystem, each null if not kept. */
public record Evidence(
    @Nullable String framePath, @Nullable String vehiclePath, @Nullable String platePath) {
  public static final Evidence NONE = new Evidence(null, null, null);

  public Evidence withoutPlate() {
    return new Evidence(framePath, vehiclePath, null);
  }
}
