package io.plateflow.standalone;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.camera.CameraSourceException;
import io.plateflow.clients.config.ConfigException;
import io.plateflow.models.ModelException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code scripts/run}. */
@Command(
    name = "run",
    description = {
      "Reads licence plates off cameras: Postgres, Kafka and Flink in one process.",
      "Without --camera and --config a bundled clip plays as two cameras, entry and exit."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class StandaloneCommand implements Callable<Integer> {

  /** Where the bundled clips are; set by {@code scripts/run}. */
  private static final String DEMO_FOLDER = "plateflow.demo";

  @Option(
      names = "--camera",
      paramLabel = "NAME=URI",
      description =
          "A camera instead of the clip; repeatable. rtsp://, http(s)://, a video file, a folder of"
              + " JPEG/PNG stills (each its own scene), or webcam:0. $${NAME} in it is filled from"
              + " the environment.")
  private Map<String, String> cameras = new LinkedHashMap<>();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML with cameras and settings; see README.")
  private @Nullable Path config;

  @Option(
      names = "--once",
      description =
          "Stop when all cameras that are files or folders have ended, as fast as they can be read;"
              + " the last line is JSON with the totals.")
  private boolean once;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Keep tables, topics and evidence here. Without it they go when this ends.")
  private @Nullable Path dataDir;

  @Option(
      names = "--postgres-port",
      paramLabel = "PORT",
      defaultValue = "55432",
      description = "On 127.0.0.1; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  private int postgresPort;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "59092",
      description = "On 127.0.0.1; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  private int kafkaPort;

  @Option(
      names = "--ui-port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description =
          "Flink's web UI, to look at, on 127.0.0.1; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  private int uiPort;

  @Option(
      names = "--http-port",
      paramLabel = "PORT|off",
      description =
          "The HTTP service that takes pictures, on 127.0.0.1; 0 takes a free port, off starts none,"
              + " as --once does. Default: http.port of --config, else 8080.")
  private @Nullable String httpPort;

  @Option(names = "--http-open", description = "Nobody needs a key there: for trying out.")
  private boolean httpOpen;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description = "Metrics for Prometheus, on 127.0.0.1; 0 takes a free port. Off without it.")
  private @Nullable Integer metricsPort;

  @Option(
      names = "--validate-config",
      description = "Only check the configuration: prints every problem.")
  private boolean validateOnly;

  public static void main(String[] args) {
    System.exit(new CommandLine(new StandaloneCommand()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    PrintStream out = System.out;
    try {
      StandaloneOptions options =
          StandaloneOptions.resolve(
                  cameras,
                  config,
                  once,
                  dataDir,
                  postgresPort,
                  kafkaPort,
                  uiPort,
                  metricsPort,
                  Path.of(System.getProperty(DEMO_FOLDER, "standalone/demo")))
              .withHttp(httpPort, httpOpen);
      if (validateOnly) {
        out.println("No problems found.");
        return 0;
      }
      try (Standalone standalone = new Standalone(options, new Console(out, options.zones()))) {
        return standalone.run();
      }
    } catch (ConfigException
        | ClientException
        | CameraSourceException
        | ModelException
        | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }
}
