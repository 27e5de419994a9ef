package io.plateflow.schemas.camera;

/**
 * Where something was seen.
 *
 * @param location name of the place that the camera watches
 * @param timezone of the place, IANA name; {@code UTC} where none was given
 * @param site the car park that the camera belongs to
 * @param permitOnly whether only listed vehicles are let in there; false in state of versions that
 *     did not know it
 */
public record Place(
    String cameraId,
    String location,
    GateType gate,
    String timezone,
    String site,
    boolean permitOnly) {

  /** A place whose gate is not for listed vehicles only. */
  public Place(String cameraId, String location, GateType gate, String timezone, String site) {
    this(cameraId, location, gate, timezone, site, false);
  }

  public static Place of(CameraDefinition camera) {
    return new Place(
        camera.id(),
        camera.location(),
        camera.gate(),
        camera.timezone().getId(),
        camera.site(),
        camera.permitOnly());
  }
}
