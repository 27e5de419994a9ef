package io.plateflow.standalone;

import io.plateflow.clients.camera.CameraCatalog;
import io.plateflow.clients.camera.StaticCameraCatalog;
import io.plateflow.clients.http.HttpConfig;
import io.plateflow.jobs.config.JobConfig;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.status.PlateListType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of the command line.
 *
 * @param demo whether the bundled clip plays
 * @param accessList entries to begin with: the demo's, otherwise none
 * @param dataDir null keeps nothing
 * @param metricsPort of Prometheus metrics, 0 for a free one; null for none
 */
public record StandaloneOptions(
    JobConfig job,
    boolean demo,
    Map<String, PlateListType> accessList,
    boolean once,
    @Nullable Path dataDir,
    int postgresPort,
    int kafkaPort,
    int uiPort,
    @Nullable Integer metricsPort) {

  /**
   * @param config the file, or null
   * @param demoFolder where the bundled clips are
   */
  static StandaloneOptions resolve(
      Map<String, String> cameras,
      @Nullable Path config,
      boolean once,
      @Nullable Path dataDir,
      int postgresPort,
      int kafkaPort,
      int uiPort,
      @Nullable Integer metricsPort,
      Path demoFolder)
      throws IOException {
    boolean demo = cameras.isEmpty() && config == null;
    DemoCameras clips = new DemoCameras(demoFolder);
    List<CameraDefinition> given = demo ? clips.cameras() : definitions(cameras);
    JobConfig job = config == null ? JobConfig.of(given) : JobConfig.read(config);
    if (config != null && !given.isEmpty()) {
      job = job.withCameras(new StaticCameraCatalog(given));
    }
    // Clips play at the speed they were filmed at, unless somebody waits for their end.
    job = job.withSource(job.source().withFinite(once).withRealtime(!once));
    return new StandaloneOptions(
        job,
        demo,
        demo ? clips.accessList() : Map.of(),
        once,
        dataDir,
        postgresPort,
        kafkaPort,
        uiPort,
        metricsPort);
  }

  /**
   * The same with what the command line says of the HTTP service.
   *
   * @param port a number, {@code off}, or null for what the file says
   * @param open whether nobody needs a key; else what the file says
   * @throws IllegalArgumentException where it is no port
   */
  StandaloneOptions withHttp(@Nullable String port, boolean open) {
    HttpConfig http = job.http();
    if (open) {
      http = http.withOpen(true);
    }
    if ("off".equals(port)) {
      http = http.withEnabled(false);
    } else if (port != null) {
      if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
        throw new IllegalArgumentException(
            "--http-port: found '%s', expected 0..65535 or off".formatted(port));
      }
      http = http.withEnabled(true).withPort(Integer.parseInt(port));
    }
    return new StandaloneOptions(
        job.withHttp(http),
        demo,
        accessList,
        once,
        dataDir,
        postgresPort,
        kafkaPort,
        uiPort,
        metricsPort);
  }

  /** Whether pictures are taken over HTTP; a run that ends by itself waits for none. */
  boolean servesHttp() {
    return job.http().enabled() && !once;
  }

  /** Whether the process has a Postgres of its own, because no other is named. */
  boolean ownPostgres() {
    return job.postgres().jdbcUrl() == null;
  }

  private static List<CameraDefinition> definitions(Map<String, String> cameras) {
    List<CameraDefinition> out = new ArrayList<>();
    cameras.forEach(
        (name, uri) ->
            out.add(
                new CameraDefinition(
                    name,
                    uri,
                    name,
                    GateType.PASSAGE,
                    List.of(),
                    0,
                    ZoneId.systemDefault(),
                    true,
                    null,
                    List.of())));
    return out;
  }

  /** The cameras' zones, for printing times as their gates' clocks show them. */
  public Map<String, ZoneId> zones() {
    Map<String, ZoneId> zones = new LinkedHashMap<>();
    CameraCatalog catalog = job.cameras();
    catalog.load().forEach(camera -> zones.put(camera.id(), camera.timezone()));
    return zones;
  }
}
