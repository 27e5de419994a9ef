package io.plateflow.connectors.camera.split;

import io.plateflow.clients.camera.CameraPosition;
import io.plateflow.schemas.camera.CameraDefinition;
import java.util.Objects;
import org.apache.flink.api.connector.source.SourceSplit;

/** The split of one camera: its definition and reading position. */
public record CameraSplit(CameraDefinition camera, CameraPosition position) implements SourceSplit {

  /** A camera that was not read yet. */
  public static CameraSplit fresh(CameraDefinition camera) {
    return new CameraSplit(camera, CameraPosition.START);
  }

  /** The same camera as it is configured now; another film starts at its beginning. */
  public CameraSplit reconfigured(CameraDefinition changed) {
    return sameInput(camera, changed) ? new CameraSplit(changed, position) : fresh(changed);
  }

  /** Whether offsets and capture times of the one hold for the other. */
  public static boolean sameInput(CameraDefinition one, CameraDefinition other) {
    return one.uri().equals(other.uri()) && Objects.equals(one.recordedAt(), other.recordedAt());
  }

  @Override
  public String splitId() {
    return camera.id();
  }
}
