package io.plateflow.standalone.bench;

import io.plateflow.standalone.TemporaryFolder;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The benchmarks of {@code scripts/bench} that run the job: speed and capacity. */
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
          String stateBackend,
      @Option(
              names = "--tables",
              description =
                  "Write passes and visits to a Postgres, which takes processor time of its own; else"
                      + " they are discarded.")
          boolean tables)
      throws Exception {
    try (TemporaryFolder checkpoints = TemporaryFolder.create("plateflow-bench")) {
      new StreamBench(out, cameras, Duration.ofMinutes(minutes), parallelism, stateBackend, tables)
          .run(checkpoints.path());
    }
    return 0;
  }

  @Command(
      name = "latency",
      mixinStandardHelpOptions = true,
      showDefaultValues = true,
      description = {
        "Plays clips as live cameras to the whole of Plateflow and times how long after the capture"
            + " of the frame that an alert names a plain Kafka consumer has it.",
        "A frame counts as captured when it was decoded, a few milliseconds after it was sent."
      })
  int latency(
      @Option(names = "--cameras", defaultValue = "8", description = "How many.") int cameras,
      @Option(names = "--rate", defaultValue = "5", description = "Frames a second of each.")
          double rate,
      @Option(names = "--seconds", defaultValue = "60", description = "That are measured.")
          int seconds,
      @Option(
              names = "--plate",
              description = "On the blacklist; repeatable. The bundled clips' own where left out.")
          @Nullable List<String> plates,
      @Option(
              names = "--clients",
              defaultValue = "0",
              description = "Measure again while so many send photos to the HTTP service.")
          int clients,
      @Parameters(
              arity = "0..*",
              paramLabel = "CLIP",
              description = "Films to play; the bundled ones where left out.")
          @Nullable List<Path> clips)
      throws Exception {
    DemoClips demo = DemoClips.bundled();
    try (TemporaryFolder data = TemporaryFolder.create("plateflow-bench")) {
      new LatencyBench(out, cameras, rate, Duration.ofSeconds(seconds), clients)
          .run(
              clips == null ? demo.files() : clips,
              plates == null ? demo.plates() : plates,
              data.path());
    }
    return 0;
  }

  @Command(
      name = "cameras",
      mixinStandardHelpOptions = true,
      showDefaultValues = true,
      description = {
        "Compares the frames a second of the whole job, on films as fast as it takes them and"
            + " without its motion gate, with a bare loop over the same models: decode, detect,"
            + " read as often.",
        "Then lets live cameras join until one loses frames."
      })
  int cameras(
      @Option(names = "--from", defaultValue = "2", description = "Live cameras at first.")
          int first,
      @Option(names = "--most", defaultValue = "64", description = "Live cameras at last.")
          int most,
      @Option(names = "--rate", defaultValue = "5", description = "Frames a second of each.")
          double rate,
      @Option(names = "--seconds", defaultValue = "20", description = "That each step is measured.")
          int seconds,
      @Parameters(
              arity = "0..*",
              paramLabel = "CLIP",
              description = "Films to play; the bundled ones where left out.")
          @Nullable List<Path> clips)
      throws Exception {
    List<Path> films = clips == null ? DemoClips.bundled().files() : clips;
    CamerasBench bench = new CamerasBench(out, films, rate, Duration.ofSeconds(seconds));
    bench.compare();
    bench.count(first, most);
    return 0;
  }

  @Command(
      name = "api",
      mixinStandardHelpOptions = true,
      showDefaultValues = true,
      description = {
        "Lets clients send frames of the bundled clips to the HTTP service of a whole Plateflow"
            + " without cameras, and compares with the same recognizer alone."
      })
  int api(
      @Option(names = "--clients", defaultValue = "32", description = "How many.") int clients,
      @Option(names = "--seconds", defaultValue = "30", description = "Of each measurement.")
          int seconds)
      throws Exception {
    try (TemporaryFolder data = TemporaryFolder.create("plateflow-bench")) {
      new ApiBench(out, clients, Duration.ofSeconds(seconds))
          .run(DemoClips.bundled().files(), data.path());
    }
    return 0;
  }

  @Command(
      name = "tables",
      mixinStandardHelpOptions = true,
      showDefaultValues = true,
      description = {
        "Fills the tables with a long history, kept for the next call, and measures how fast passes"
            + " are written to them and plates found in them.",
        "Cold is with the server just started and its files out of the system's memory (by GNU dd;"
            + " where there is another one, they may still be in it)."
      })
  int tables(
      @Option(names = "--passes", defaultValue = "10000000", description = "How many.") long passes,
      @Option(
              names = "--folder",
              defaultValue = ".plateflow/bench-tables",
              description = "Keeps the tables; 1.3 kB a pass.")
          Path folder)
      throws Exception {
    new TablesBench(out, folder, passes).run();
    return 0;
  }
}
