package io.plateflow.connectors.camera.enumerator;

import io.plateflow.connectors.camera.split.CameraSplit;
import io.plateflow.schemas.camera.CameraDefinition;
import java.util.List;
import java.util.Set;

/**
 * Which cameras have been handed to readers.
 *
 * @param assigned as they were configured when they were handed out
 * @param ended ids of files and folders that were read to their end
 * @param returned splits that came back from a failed reader and wait for its successor
 */
public record CameraEnumeratorState(
    List<CameraDefinition> assigned, Set<String> ended, List<CameraSplit> returned) {

  public CameraEnumeratorState {
    assigned = List.copyOf(assigned);
    ended = Set.copyOf(ended);
    returned = List.copyOf(returned);
  }
}
