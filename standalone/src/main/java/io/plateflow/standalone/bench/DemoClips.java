package io.plateflow.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The bundled clips and the plates that they show. */
record DemoClips(Path folder) {

  private static final List<String> NAMES = List.of("gate-entry", "gate-exit");

  /** From the folder that {@code scripts/bench} names. */
  static DemoClips bundled() {
    return new DemoClips(Path.of(System.getProperty("plateflow.demo", "standalone/demo")));
  }

  List<Path> files() {
    return NAMES.stream().map(name -> folder.resolve(name + ".mp4")).toList();
  }

  List<String> plates() throws IOException {
    List<String> plates = new ArrayList<>();
    for (String name : NAMES) {
      JsonNode truth = new ObjectMapper().readTree(folder.resolve(name + ".json").toFile());
      for (JsonNode pass : truth.required("passes")) {
        plates.add(pass.required("plate_text").asText());
      }
    }
    return plates;
  }
}
