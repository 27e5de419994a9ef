package io.plateflow.clients.camera;

import io.plateflow.schemas.camera.CameraDefinition;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Checks that camera ids are unique. */
public final class CameraIds {

  private CameraIds() {}

  /** The duplicate ids, sorted. */
  public static List<String> repeated(Collection<String> ids) {
    TreeSet<String> seen = new TreeSet<>();
    TreeSet<String> repeated = new TreeSet<>();
    ids.stream().filter(id -> !seen.add(id)).forEach(repeated::add);
    return List.copyOf(repeated);
  }

  public static void requireUnique(List<CameraDefinition> cameras) {
    List<String> repeated = repeated(cameras.stream().map(CameraDefinition::id).toList());
    if (!repeated.isEmpty()) {
      throw new CameraSourceException(
          "Camera catalogue: ids that stand more than once: %s, expected each id once"
              .formatted(String.join(", ", repeated)));
    }
  }
}
