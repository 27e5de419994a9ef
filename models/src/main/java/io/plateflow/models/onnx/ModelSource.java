package io.plateflow.models.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.plateflow.models.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a model's bytes are: a file of the user's, or one shipped on the classpath. */
public final class ModelSource {

  private final String place;

  /** Null for one on the classpath. */
  private final @Nullable Path file;

  private ModelSource(String place, @Nullable Path file) {
    this.place = place;
    this.file = file;
  }

  public static ModelSource file(Path file) {
    return new ModelSource(file.toString(), file);
  }

  /**
   * @param name absolute on the classpath, as {@code /models/plate/plate.onnx}
   */
  public static ModelSource resource(String name) {
    return new ModelSource(name, null);
  }

  /** The user's file, or the built-in model where {@code path} is null. */
  public static ModelSource fileOr(@Nullable String path, String builtIn) {
    return path == null ? resource(builtIn) : file(Path.of(path));
  }

  OrtSession open(OrtEnvironment environment, OrtSession.SessionOptions options)
      throws OrtException {
    if (file == null) {
      return environment.createSession(builtInBytes(), options);
    }
    if (!Files.isRegularFile(file)) {
      throw new ModelException("Model %s: no such file, expected an ONNX file".formatted(place));
    }
    return environment.createSession(file.toString(), options);
  }

  private byte[] builtInBytes() {
    try (InputStream in = ModelSource.class.getResourceAsStream(place)) {
      if (in == null) {
        throw new ModelException(
            "Model %s: not on the classpath, expected a built-in model".formatted(place));
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ModelException("Model %s: cannot be read".formatted(place), e);
    }
  }

  @Override
  public String toString() {
    return place;
  }
}
