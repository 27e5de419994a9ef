package io.plateflow.schemas.camera;

/**
 * Where something was seen.
 *
 * @param location name of the place that the camera watches
 * @param timezone of the place, IANA name; {@code UTC} where none was given
 * @param site the car park that the camera belongs to
 */
public record Place(String cameraId, String location, GateType gate, String timezone, String site) {

  public static Place of(CameraDefinition camera) {
    return new Place(
        camera.id(), camera.location(), camera.gate(), camera.timezone().getId(), camera.site());
  }
}
