package io.plateflow.connectors.camera.split;

import io.plateflow.clients.camera.CameraPosition;
import io.plateflow.schemas.camera.CameraDefinition;

/** The mutable reading position of a split; used by the task's thread only. */
public final class CameraSplitState {

  private CameraDefinition camera;
  private CameraPosition position;

  public CameraSplitState(CameraSplit split) {
    this.camera = split.camera();
    this.position = split.position();
  }

  public CameraDefinition camera() {
    return camera;
  }

  public CameraPosition position() {
    return position;
  }

  public void changeCamera(CameraDefinition changed) {
    camera = changed;
  }

  public void moveTo(CameraPosition next) {
    position = next;
  }

  public CameraSplit toSplit() {
    return new CameraSplit(camera, position);
  }
}
