package io.plateflow.clients.camera;

import io.plateflow.clients.config.ConfigFile;
import io.plateflow.schemas.camera.CameraDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reads the cameras of a YAML file, under the key {@code cameras}. A relative path of a file or
 * folder starts at the YAML file's folder. {@code ${NAME}} in an address is filled only where the
 * camera is opened, so that credentials reach neither logs nor checkpoints.
 */
public final class YamlCameraCatalog implements CameraCatalog {

  private static final long serialVersionUID = 1L;

  private final String file;

  public YamlCameraCatalog(Path file) {
    this.file = file.toAbsolutePath().toString();
  }

  /** What such a file holds. */
  private record Cameras(List<CameraConfig> cameras) {}

  /**
   * @throws io.plateflow.clients.config.ConfigException naming every problem of the file
   */
  @Override
  public List<CameraDefinition> load() {
    ConfigFile config = ConfigFile.read(Path.of(file));
    Cameras listed = config.bind(new Cameras(List.of()));
    List<CameraDefinition> cameras =
        definitions(
            config,
            listed.cameras(),
            Objects.requireNonNull(Path.of(file).getParent(), "a file lies in a folder"));
    config.finish();
    return cameras;
  }

  /**
   * The cameras of a file's list {@code cameras}; problems are noted in the file.
   *
   * @param folder where relative paths start
   */
  public static List<CameraDefinition> definitions(
      ConfigFile file, List<CameraConfig> listed, Path folder) {
    List<CameraDefinition> cameras = new ArrayList<>();
    for (int i = 0; i < listed.size(); i++) {
      try {
        CameraDefinition camera = listed.get(i).definition(folder);
        // What is missing was noted already.
        if (camera != null) {
          cameras.add(camera);
        }
      } catch (CameraSourceException e) {
        file.problem("cameras[%d].uri".formatted(i), String.valueOf(e.getMessage()));
      }
    }
    CameraIds.repeated(cameras.stream().map(CameraDefinition::id).toList())
        .forEach(id -> file.problem("cameras", "id %s stands more than once".formatted(id)));
    return cameras;
  }
}
