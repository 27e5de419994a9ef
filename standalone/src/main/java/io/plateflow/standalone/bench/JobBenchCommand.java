package io.plateflow.standalone.bench;

import io.plateflow.standalone.TemporaryFolder;
import java.io.PrintStream;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/bench} for what needs the job: how fast it is and how much it holds. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Measures the job.")
public final class JobBenchCommand {

  private final PrintStream out;

  private JobBenchCommand(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new JobBenchCommand(System.out)).execute(args));
  }

  @Command(
      name = "stream",
      mixinStandardHelpOptions = true,
      showDefaultValues = true,
      description = {
        "Feeds the path behind the detector (tracks, access list, what follows) with made-up"
            + " detections as fast as it takes them.",
        "Prints detections a second and the size of the state at several points of event time."
      })
  int stream(
      @Option(names = "--cameras", defaultValue = "1000", description = "How many.") int cameras,
      @Option(
              names = "--minutes",
              defaultValue = "60",
              description = "Of event time that pass before each camera.")
          int minutes,
      @Option(names = "--parallelism", defaultValue = "2", description = "Of the job.")
          int parallelism,
      @Option(
              names = "--state-backend",
              defaultValue = "hashmap",
              description = "hashmap or rocksdb.")
          String stateBackend)
      throws Exception {
    try (TemporaryFolder checkpoints = TemporaryFolder.create("plateflow-bench")) {
      new StreamBench(out, cameras, Duration.ofMinutes(minutes), parallelism, stateBackend)
          .run(checkpoints.path());
    }
    return 0;
  }
}
