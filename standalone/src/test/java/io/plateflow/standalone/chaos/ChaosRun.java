package io.plateflow.standalone.chaos;

import io.plateflow.clients.camera.testing.FreePort;
import io.plateflow.clients.kafka.TopicCreation;
import io.plateflow.jobs.PlateSessionJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Plays the same films twice on one cluster, each time into a Kafka and a Postgres that are empty:
 * undisturbed as fast as they can be read, then at their own speed while processes are killed.
 */
final class ChaosRun {

  private static final int TASK_MANAGERS = 2;
  private static final Duration END_WITHIN = Duration.ofMinutes(60);
  private static final Duration LIVE_PASS_WITHIN = Duration.ofMinutes(5);

  private final ChaosOptions options;
  private final Path folder;
  private final Path logs;
  private final Consumer<String> progress;

  /**
   * @param folder for everything; empty or not there yet
   * @param progress gets a line for each step
   */
  ChaosRun(ChaosOptions options, Path folder, Consumer<String> progress) throws IOException {
    this.options = options;
    this.folder = folder.toAbsolutePath();
    this.logs = Files.createDirectories(this.folder.resolve("logs"));
    this.progress = progress;
  }

  Report run() throws IOException, InterruptedException, SQLException {
    Recordings recordings = new Recordings(options, folder);
    long begun = System.nanoTime();
    try (FlinkCluster cluster = FlinkCluster.start(folder, logs, TASK_MANAGERS)) {
      say("Cluster of a JobManager and %d TaskManagers is up".formatted(TASK_MANAGERS), begun);
      begun = System.nanoTime();
      Outcome expected = undisturbed(cluster, recordings);
      say("Undisturbed run over %d cameras has ended".formatted(options.cameras()), begun);
      return disturbed(cluster, recordings, expected);
    }
  }

  private Outcome undisturbed(FlinkCluster cluster, Recordings recordings)
      throws IOException, InterruptedException, SQLException {
    Path place = Files.createDirectories(folder.resolve("undisturbed"));
    try (Services services = services(place)) {
      String job = submit(cluster, recordings, place, services, false);
      disturber(cluster, services, null, place).awaitEnd(job, END_WITHIN);
      return outcome(services, place);
    }
  }

  private Report disturbed(FlinkCluster cluster, Recordings recordings, Outcome expected)
      throws IOException, InterruptedException, SQLException {
    Path place = Files.createDirectories(folder.resolve("disturbed"));
    long begun = System.nanoTime();
    try (Services services = services(place);
        LiveCamera live = liveCamera(recordings, place);
        Supervisor supervisor = new Supervisor()) {
      if (live != null) {
        supervisor.add(List.of(live));
      }
      supervisor.add(cluster.processes());
      supervisor.add(services.processes());
      String job = submit(cluster, recordings, place, services, true);
      String liveJob = live == null ? null : submitLive(cluster, live, place, services);
      Disturber disturber = disturber(cluster, services, live, place);
      List<Kill> kills = disturber.disturb(job, options.plan());
      disturber.awaitEnd(job, END_WITHIN);
      say("Disturbed run has ended", begun);
      List<String> problems = new ArrayList<>();
      if (liveJob != null) {
        checkLive(services, problems);
        cluster.rest().cancel(liveJob);
      }
      Outcome found = outcome(services, place).without(LiveCamera.ID);
      return new Report(
          options.plan().size(),
          kills,
          Comparison.of(expected, found),
          found.duplicates(),
          problems);
    }
  }

  private Services services(Path place) throws IOException {
    return Services.start(place, logs, FreePort.find(), FreePort.find());
  }

  private String submit(
      FlinkCluster cluster, Recordings recordings, Path place, Services services, boolean realtime)
      throws IOException, InterruptedException {
    TopicCreation.createMissing(services.kafka());
    recordings.seedLists(services.kafka());
    Path config = recordings.configuration(place, services, realtime);
    return cluster.submit(
        services.environment(), PlateSessionJob.class.getName(), "--config", config.toString());
  }

  private Disturber disturber(
      FlinkCluster cluster, Services services, LiveCamera live, Path place) {
    CheckpointFolder checkpoints = new CheckpointFolder(place.resolve("checkpoints"));
    return new Disturber(cluster, services, live, checkpoints, options, progress);
  }

  private LiveCamera liveCamera(Recordings recordings, Path place)
      throws IOException, InterruptedException {
    return options.kills().getOrDefault(Target.RTSP, 0) == 0
        ? null
        : LiveCamera.start(recordings.clip("entry"), place);
  }

  private void checkLive(Services services, List<String> problems) throws InterruptedException {
    try {
      LiveCamera.awaitPass(services.kafka(), Instant.now(), LIVE_PASS_WITHIN);
      progress.accept("The live camera sees vehicles after the last kill");
    } catch (IOException e) {
      problems.add(e.getMessage());
    }
  }

  private static String submitLive(
      FlinkCluster cluster, LiveCamera live, Path place, Services services)
      throws IOException, InterruptedException {
    return cluster.submit(
        services.environment(),
        PlateSessionJob.class.getName(),
        "--config",
        live.configuration(place, services).toString());
  }

  private static Outcome outcome(Services services, Path place)
      throws IOException, InterruptedException, SQLException {
    Outcome outcome = new Outcome();
    Path evidence = place.resolve("evidence");
    String prefix = evidence.toString();
    Tables.read(services.postgres(), prefix, outcome);
    TopicContents.read(services.kafka(), prefix, outcome);
    Pictures.read(evidence, outcome);
    return outcome;
  }

  private void say(String what, long sinceNanos) {
    progress.accept("%s (%.0f s)".formatted(what, (System.nanoTime() - sinceNanos) / 1e9));
  }
}
