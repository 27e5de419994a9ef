package io.plateflow.standalone.chaos;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.camera.testing.RtspCamera;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What {@code scripts/chaos} starts. */
@Command(
    name = "chaos",
    description = {
      "Plays recorded cameras through a real Flink cluster twice, the second time while",
      "its processes, Kafka and Postgres are killed with kill -9, and compares every",
      "table, topic and picture. Exit status 1 on any difference."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ChaosCommand implements Callable<Integer> {

  @Option(
      names = "--task-managers",
      paramLabel = "N",
      description = "Kills of a TaskManager. Default: 10; --short: 1.")
  private Integer taskManagers;

  @Option(
      names = "--job-managers",
      paramLabel = "N",
      description = "Kills of the JobManager. Default: 3; --short: 1.")
  private Integer jobManagers;

  @Option(
      names = "--kafka",
      paramLabel = "N",
      description = "Kills of Kafka. Default: 2; --short: 0.")
  private Integer kafka;

  @Option(
      names = "--postgres",
      paramLabel = "N",
      description = "Kills of Postgres. Default: 2; --short: 0.")
  private Integer postgres;

  @Option(
      names = "--rtsp",
      paramLabel = "N",
      description =
          "Kills of the server of a live camera, which plays beside the recorded ones; needs"
              + " gst-rtsp-server. Default: 2 where it is installed; --short: 0.")
  private Integer rtsp;

  @Option(
      names = "--checkpoints",
      paramLabel = "N",
      description = "How often the checkpoint folder becomes unusable. Default: 1; --short: 0.")
  private Integer checkpoints;

  @Option(names = "--short", description = "Two kills and two cameras, for a quick look.")
  private boolean brief;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the order of the kills and the time between. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--cameras", paramLabel = "N", description = "Recorded cameras. Default: 3.")
  private Integer cameras;

  @Option(
      names = "--film",
      paramLabel = "SECONDS",
      description = "Length of each film. Default: 20 and 20 more for each kill.")
  private Integer filmSeconds;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Keep logs, configurations and data here. Without it they go at the end.")
  private Path keep;

  public static void main(String[] args) {
    System.exit(new CommandLine(new ChaosCommand()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    try {
      return run();
    } catch (IOException | ClientException | IllegalStateException e) {
      System.err.println("The run broke off: " + e.getMessage());
      return 2;
    }
  }

  private int run() throws Exception {
    Path folder = keep == null ? Files.createTempDirectory("plateflow-chaos") : keep;
    try {
      Report report = new ChaosRun(options(), folder, System.out::println).run();
      report.print(System.out);
      return report.isClean() ? 0 : 1;
    } finally {
      if (keep == null) {
        deleteTree(folder);
      }
    }
  }

  private ChaosOptions options() {
    Map<Target, Integer> kills = new EnumMap<>(Target.class);
    kills.put(Target.TASK_MANAGER, orElse(taskManagers, 10, 1));
    kills.put(Target.JOB_MANAGER, orElse(jobManagers, 3, 1));
    kills.put(Target.KAFKA, orElse(kafka, 2, 0));
    kills.put(Target.POSTGRES, orElse(postgres, 2, 0));
    kills.put(Target.RTSP, orElse(rtsp, liveCameraKills(), 0));
    kills.put(Target.CHECKPOINTS, orElse(checkpoints, 1, 0));
    return new ChaosOptions(
        kills,
        seed,
        orElse(cameras, 3, 2),
        filmSeconds == null ? ChaosOptions.filmFor(kills) : Duration.ofSeconds(filmSeconds),
        3,
        Duration.ofSeconds(brief ? 2 : 6),
        Path.of(System.getProperty("plateflow.demo", "standalone/demo")).toAbsolutePath());
  }

  private int liveCameraKills() {
    if (LiveCamera.isPossible()) {
      return 2;
    }
    if (rtsp == null && !brief) {
      System.out.println("No live camera, " + RtspCamera.MISSING);
    }
    return 0;
  }

  private int orElse(Integer given, int full, int shortForm) {
    return given != null ? given : brief ? shortForm : full;
  }

  private static void deleteTree(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
