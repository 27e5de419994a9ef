package io.plateflow.jobs.config;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.plateflow.clients.camera.CameraCatalog;
import io.plateflow.clients.camera.CameraConfig;
import io.plateflow.clients.camera.StaticCameraCatalog;
import io.plateflow.clients.camera.YamlCameraCatalog;
import io.plateflow.clients.config.ConfigException;
import io.plateflow.clients.config.ConfigFile;
import io.plateflow.clients.config.ConfigSections;
import io.plateflow.models.gemini.GeminiConfig;
import io.plateflow.models.gemini.GeminiKey;
import io.plateflow.schemas.camera.CameraDefinition;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file of the job: its cameras, and a section for each part. */
record JobFile(
    List<CameraConfig> cameras, @Nullable String camerasFile, @JsonUnwrapped JobConfig settings) {

  static final JobFile DEFAULT = new JobFile(List.of(), null, JobConfig.DEFAULT);

  /**
   * @param folder where relative paths start
   * @throws ConfigException that lists every problem
   */
  static JobConfig settings(ConfigFile file, Path folder) {
    JobFile bound = file.bind(DEFAULT, ConfigSections.ALL);
    List<CameraDefinition> listed = YamlCameraCatalog.definitions(file, bound.cameras, folder);
    if (bound.camerasFile != null && file.has("cameras")) {
      file.problem("cameras-file", "found beside cameras, expected one of the two");
    } else if (bound.camerasFile == null && !file.has("cameras")) {
      file.problem("cameras", "is missing; list cameras here or name a cameras-file");
    }
    GeminiConfig gemini = withKey(bound.settings.gemini(), file);
    file.finish();
    CameraCatalog cameras =
        bound.camerasFile == null
            ? new StaticCameraCatalog(listed)
            : new YamlCameraCatalog(folder.resolve(bound.camerasFile));
    return bound.settings.with(s -> s.cameras(cameras).gemini(gemini));
  }

  private static GeminiConfig withKey(GeminiConfig config, ConfigFile file) {
    if (config.endpoint().key() != null) {
      return config;
    }
    try {
      GeminiKey key = GeminiKey.fromEnvironment(file::environment);
      return key == null ? config : config.withEndpoint(config.endpoint().withKey(key));
    } catch (IllegalArgumentException e) {
      file.problem("gemini.api-key", "in the environment: " + e.getMessage());
      return config;
    }
  }
}
