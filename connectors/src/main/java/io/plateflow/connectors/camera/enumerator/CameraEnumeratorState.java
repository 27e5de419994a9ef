package io.plateflow.connectors.camera.enumerator;

import io.plateflow.connectors.camera.split.CameraSplit;
import io.plateflow.schemas.camera.CameraDefinition;
import java.util.List;
import java.util.Set;

/**
 * The checkpointed assignment of cameras to readers.
 *
 * @param assigned with their configuration at assignment
 * @param ended ids of files and folders that were read to their end
 * @param returned splits of a failed reader, to be reassigned
 */
public record CameraEnumeratorState(
    List<CameraDefinition> assigned, Set<String> ended, List<CameraSplit> returned) {

  public CameraEnumeratorState {
    assigned = List.copyOf(assigned);
    ended = Set.copyOf(ended);
    returned = List.copyOf(returned);
  }
}
