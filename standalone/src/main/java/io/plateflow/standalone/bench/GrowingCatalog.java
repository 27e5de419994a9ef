package io.plateflow.standalone.bench;

import io.plateflow.clients.camera.CameraCatalog;
import io.plateflow.schemas.camera.CameraDefinition;
import java.util.List;

/** A catalogue to which cameras are added while the job runs in this process. */
final class GrowingCatalog implements CameraCatalog {

  private static final long serialVersionUID = 1L;

  private static volatile int joined;

  private final List<CameraDefinition> all;

  GrowingCatalog(List<CameraDefinition> all, int first) {
    this.all = List.copyOf(all);
    joined = first;
  }

  /** Sets the number of cameras. */
  void join(int cameras) {
    joined = cameras;
  }

  @Override
  public List<CameraDefinition> load() {
    return all.subList(0, Math.min(joined, all.size()));
  }
}
