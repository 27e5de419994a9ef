package io.plateflow.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.GateType;
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

/** The bundled clips: a drawn gate, its entry and its exit, with the truth beside them. */
final class DemoCameras {

  private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");

  private final Path folder;

  /**
   * @param folder with {@code gate-entry.mp4}, {@code gate-exit.mp4} and their {@code .json}
   */
  DemoCameras(Path folder) {
    this.folder = folder;
  }

  List<CameraDefinition> cameras() throws IOException {
    return List.of(camera("entry", GateType.ENTRY), camera("exit", GateType.EXIT));
  }

  private CameraDefinition camera(String id, GateType gate) throws IOException {
    Path clip = folder.resolve("gate-%s.mp4".formatted(id));
    if (!Files.exists(clip)) {
      throw new IOException("Bundled clip is missing: expected " + clip);
    }
    return new CameraDefinition(
        id,
        clip.toString(),
        "Gate " + id,
        gate,
        List.of(),
        0,
        JAKARTA,
        true,
        OffsetDateTime.parse(truth(id).required("start").asText()).toInstant(),
        List.of("id"));
  }

  /** The plates that the truth of the clips calls listed. */
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
