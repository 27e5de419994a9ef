package io.plateflow.clients.camera;

import io.plateflow.schemas.camera.CameraDefinition;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The rule that an id names one camera only. */
public final class CameraIds {

  private CameraIds() {}

  /** The ids that stand more than once, sorted. */
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
