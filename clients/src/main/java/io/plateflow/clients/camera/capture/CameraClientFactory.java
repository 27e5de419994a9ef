package io.plateflow.clients.camera.capture;

import io.plateflow.schemas.camera.CameraDefinition;
import java.io.Serializable;

/** Makes the client that speaks a camera's protocol. */
@FunctionalInterface
public interface CameraClientFactory extends Serializable {

  CameraClient create(CameraDefinition camera);
}
