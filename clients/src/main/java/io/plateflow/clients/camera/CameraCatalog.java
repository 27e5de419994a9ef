package io.plateflow.clients.camera;

import io.plateflow.schemas.camera.CameraDefinition;
import java.io.Serializable;
import java.util.List;

/** The list of cameras; loaded repeatedly while the job runs. */
@FunctionalInterface
public interface CameraCatalog extends Serializable {

  /**
   * @return every camera, disabled ones too, each id once
   * @throws RuntimeException where the list cannot be read or is wrong
   */
  List<CameraDefinition> load();
}
