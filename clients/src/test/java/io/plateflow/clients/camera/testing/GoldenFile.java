package io.plateflow.clients.camera.testing;

import java.io.IOException;
import java.io.InputStream;

/** State as a release wrote it; it is never written anew. */
public final class GoldenFile {

  private GoldenFile() {}

  public static byte[] read(String name) throws IOException {
    try (InputStream in = GoldenFile.class.getResourceAsStream("/state/" + name)) {
      return in.readAllBytes();
    }
  }
}
