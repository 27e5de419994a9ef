package io.plateflow.clients.camera.capture;

import io.plateflow.schemas.camera.CameraDefinition;
import java.io.Serializable;

/** Creates the client for a camera's protocol. */
@FunctionalInterface
public interface CameraClientFactory extends Serializable {

  CameraClient create(CameraDefinition camera);
}
