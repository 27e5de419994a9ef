package io.plateflow.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.geometry.Area;
import io.plateflow.schemas.plate.PlateText;
import io.plateflow.schemas.status.PlateListType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bundled clips as cameras: a drawn gate, its entry and its exit, with their ground truth. */
final class DemoCameras {

  private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");

  // The lanes: signs beside them and the name that is printed into the picture are no plates.
  private static final Area ENTRY_LANE =
      new Area(
          List.of(
              new Area.Point(0.25, 0.05),
              new Area.Point(0.75, 0.05),
              new Area.Point(0.82, 1),
              new Area.Point(0.02, 1),
              new Area.Point(0.1, 0.5)));
  private static final Area EXIT_LANE =
      new Area(
          List.of(
              new Area.Point(0.23, 0.1),
              new Area.Point(0.7, 0.1),
              new Area.Point(0.83, 1),
              new Area.Point(0.1, 1)));

  private final Path folder;

  /**
   * @param folder with {@code gate-entry.mp4}, {@code gate-exit.mp4} and their {@code .json}
   */
  DemoCameras(Path folder) {
    this.folder = folder;
  }

  List<CameraDefinition> cameras() throws IOException {
    return List.of(
        camera("entry", GateType.ENTRY, ENTRY_LANE), camera("exit", GateType.EXIT, EXIT_LANE));
  }

  private CameraDefinition camera(String id, GateType gate, Area lane) throws IOException {
    Path clip = folder.resolve("gate-%s.mp4".formatted(id));
    if (!Files.exists(clip)) {
      throw new IOException("Bundled clip is missing: expected " + clip);
    }
    return new CameraDefinition(
        id,
        clip.toString(),
        "Gate " + id,
        gate,
        List.of(lane),
        0,
        JAKARTA,
        true,
        OffsetDateTime.parse(truth(id).required("start").asText()).toInstant(),
        List.of("id"));
  }

  /** The listed plates of the clips' ground truth. */
  Map<String, PlateListType> accessList() throws IOException {
    Map<String, PlateListType> listed = new LinkedHashMap<>();
    for (JsonNode pass : truth("entry").required("passes")) {
      String list = pass.path("listed").asText("");
      for (PlateListType type : PlateListType.values()) {
        if (type.label().equals(list)) {
          listed.put(PlateText.normalise(pass.required("plate_text").asText()), type);
        }
      }
    }
    return listed;
  }

  private JsonNode truth(String id) throws IOException {
    return new ObjectMapper().readTree(folder.resolve("gate-%s.json".formatted(id)).toFile());
  }
}
