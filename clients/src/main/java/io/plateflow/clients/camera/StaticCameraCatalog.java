package io.plateflow.clients.camera;

import io.plateflow.schemas.camera.CameraDefinition;
import java.util.ArrayList;
import java.util.List;

/** A fixed list of cameras. */
public final class StaticCameraCatalog implements CameraCatalog {

  private static final long serialVersionUID = 1L;

  private final ArrayList<CameraDefinition> cameras;

  public StaticCameraCatalog(List<CameraDefinition> cameras) {
    CameraIds.requireUnique(cameras);
    cameras.forEach(CameraInput::of);
    this.cameras = new ArrayList<>(cameras);
  }

  @Override
  public List<CameraDefinition> load() {
    return List.copyOf(cameras);
  }
}
