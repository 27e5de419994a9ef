package io.plateflow.models.tesseract;

import io.plateflow.models.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The folder with Tesseract's data for English, which it can only load from files. */
record TessData(Path folder) {

  private static final String RESOURCE = "/tessdata/eng.traineddata";

  private static final class Holder {
    private static final TessData UNPACKED = unpack();
  }

  /** Unpacked once per process into a folder that goes away with it. */
  static TessData unpacked() {
    return Holder.UNPACKED;
  }

  private static TessData unpack() {
    try (InputStream in = TessData.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new ModelException(
            "Tesseract data %s: not on the classpath, expected it in the tess4j jar"
                .formatted(RESOURCE));
      }
      Path folder = Files.createTempDirectory("plateflow-tessdata");
      Path file = folder.resolve("eng.traineddata");
      folder.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return new TessData(folder);
    } catch (IOException e) {
      throw new ModelException("Tesseract data %s: cannot be unpacked".formatted(RESOURCE), e);
    }
  }
}
