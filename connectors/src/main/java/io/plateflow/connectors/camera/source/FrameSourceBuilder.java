package io.plateflow.connectors.camera.source;

import io.plateflow.clients.camera.CameraCatalog;
import io.plateflow.clients.camera.CameraInput;
import io.plateflow.clients.camera.CameraSourceException;
import io.plateflow.clients.camera.FrameSourceConfig;
import io.plateflow.clients.camera.capture.CameraClientFactory;
import io.plateflow.clients.camera.capture.CameraClients;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.frame.StillDecoder;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.jspecify.annotations.Nullable;

/** Builds a {@link FrameSource}. */
public final class FrameSourceBuilder {

  private @Nullable CameraCatalog catalog;
  private FrameSourceConfig config = FrameSourceConfig.DEFAULT;
  private @Nullable StillDecoder stillDecoder;
  private @Nullable CameraClientFactory clients;
  private int maxParallelism = KeyGroupRangeAssignment.DEFAULT_LOWER_BOUND_MAX_PARALLELISM;

  FrameSourceBuilder() {}

  public FrameSourceBuilder setCatalog(CameraCatalog newCatalog) {
    catalog = newCatalog;
    return this;
  }

  public FrameSourceBuilder setConfig(FrameSourceConfig newConfig) {
    config = newConfig;
    return this;
  }

  public FrameSourceBuilder setStillDecoder(StillDecoder newStillDecoder) {
    stillDecoder = newStillDecoder;
    return this;
  }

  /** Must be the job's max parallelism: it decides which subtask owns which camera. */
  public FrameSourceBuilder setMaxParallelism(int newMaxParallelism) {
    maxParallelism = newMaxParallelism;
    return this;
  }

  /** Replaces the built-in protocols. */
  public FrameSourceBuilder setClients(CameraClientFactory newClients) {
    clients = newClients;
    return this;
  }

  /**
   * Reads the catalogue once, to see whether the source can end.
   *
   * @throws RuntimeException where the catalogue cannot be read or is wrong
   */
  public FrameSource build() {
    CameraCatalog cameras = catalog;
    if (cameras == null) {
      throw new CameraSourceException("Camera source: no catalogue was given");
    }
    CameraClientFactory factory = clients == null ? builtIn() : clients;
    boolean bounded =
        config.finite()
            && cameras.load().stream()
                .filter(CameraDefinition::enabled)
                .allMatch(camera -> CameraInput.of(camera) == CameraInput.RECORDED);
    return new FrameSource(cameras, config, factory, maxParallelism, bounded);
  }

  private CameraClients builtIn() {
    if (stillDecoder == null) {
      throw new CameraSourceException("Camera source: no decoder for stills was given");
    }
    return new CameraClients(config, stillDecoder);
  }
}
