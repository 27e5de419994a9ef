package io.plateflow.schemas.pass;

/** Where the pictures of a pass are stored: paths of Flink's FileSystem, each null if not kept. */
public record Evidence(String framePath, String vehiclePath, String platePath) {
  public static final Evidence NONE = new Evidence(null, null, null);

  public Evidence withoutPlate() {
    return new Evidence(framePath, vehiclePath, null);
  }
}
