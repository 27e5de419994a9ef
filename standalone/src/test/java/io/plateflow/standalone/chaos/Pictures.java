package io.plateflow.standalone.chaos;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** The stored pictures: one row per file, with its size and a checksum of its bytes. */
final class Pictures {

  private static final String PART = "evidence files";

  private Pictures() {}

  /** Adds all files below the folder to the outcome, by folder of the pass and name. */
  static void read(Path folder, Outcome into) throws IOException {
    into.parts().computeIfAbsent(PART, t -> new TreeMap<>());
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        CRC32C checksum = new CRC32C();
        byte[] bytes = Files.readAllBytes(file);
        checksum.update(bytes);
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        row.put("bytes", bytes.length).put("checksum", Long.toHexString(checksum.getValue()));
        into.put(PART, file.getParent().getFileName() + "/" + file.getFileName(), row);
      }
    }
  }
}
