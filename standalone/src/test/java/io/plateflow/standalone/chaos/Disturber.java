package io.plateflow.standalone.chaos;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** Kills one process after the other while a job runs, and waits each time until it goes on. */
final class Disturber {

  private static final Duration RECOVER_WITHIN = Duration.ofMinutes(5);

  /** How Flink says that a checkpoint could not be written. */
  private static final String NO_CHECKPOINT = "checkpoint tolerable failure threshold";

  private static final int SHORTEST_PAUSE_MILLIS = 100;

  private final FlinkCluster cluster;
  private final Services services;
  private final LiveCamera live;
  private final CheckpointFolder checkpoints;
  private final Random random;
  private final int longestPauseMillis;
  private final Consumer<String> progress;
  private final List<Kill> kills = new ArrayList<>();

  /**
   * @param live null where there is no live camera
   * @param checkpoints of the job
   */
  Disturber(
      FlinkCluster cluster,
      Services services,
      LiveCamera live,
      CheckpointFolder checkpoints,
      ChaosOptions options,
      Consumer<String> progress) {
    this.cluster = cluster;
    this.services = services;
    this.live = live;
    this.checkpoints = checkpoints;
    this.random = new Random(options.seed());
    this.longestPauseMillis = (int) options.longestPause().toMillis();
    this.progress = progress;
  }

  /**
   * Makes the kills of the plan.
   *
   * @param job that must survive
   * @return what was done; shorter than the plan where the job ended before
   */
  List<Kill> disturb(String job, List<Target> plan) throws IOException, InterruptedException {
    Instant begun = Instant.now();
    // Before the first checkpoint a recovery is only a new beginning.
    awaitCheckpoint(job, begun);
    for (Target target : plan) {
      Thread.sleep(random.nextInt(SHORTEST_PAUSE_MILLIS, longestPauseMillis));
      if (isFinished(job)) {
        break;
      }
      Instant at = Instant.now();
      String victim = kill(target, job);
      awaitRecovery(target, job, at);
      Kill kill =
          new Kill(
              Duration.between(begun, at), target, victim, Duration.between(at, Instant.now()));
      kills.add(kill);
      progress.accept(Report.line(kill));
    }
    return kills;
  }

  private String kill(Target target, String job) throws IOException, InterruptedException {
    switch (target) {
      case TASK_MANAGER -> {
        ClusterProcess victim = taskManagerOf(job);
        victim.kill();
        return victim.name();
      }
      case JOB_MANAGER -> cluster.jobManager().kill();
      case KAFKA -> services.kafkaProcess().kill();
      case POSTGRES -> services.killPostgres();
      case RTSP -> live.kill();
      case CHECKPOINTS -> {
        checkpoints.takeAway();
        // It must say so, not go on as if all were well.
        Waiting.until(
            "the job says that it has no checkpoints",
            RECOVER_WITHIN,
            () -> cluster.rest().failures(job).contains(NO_CHECKPOINT));
        checkpoints.giveBack();
      }
    }
    return target.label();
  }

  /** One that runs tasks: the death of another would prove nothing. */
  private ClusterProcess taskManagerOf(String job) throws IOException, InterruptedException {
    Set<String> places = cluster.rest().places(job);
    List<ClusterProcess> busy =
        cluster.taskManagers().stream().filter(one -> places.contains(one.name())).toList();
    if (busy.isEmpty()) {
      throw new IOException("No TaskManager runs the job; found " + places);
    }
    return busy.get(random.nextInt(busy.size()));
  }

  private void awaitRecovery(Target target, String job, Instant killed)
      throws IOException, InterruptedException {
    switch (target) {
      case TASK_MANAGER, JOB_MANAGER, CHECKPOINTS -> awaitCheckpoint(job, killed);
      case KAFKA, POSTGRES -> {
        services.awaitReachable();
        awaitCheckpoint(job, Instant.now());
      }
      case RTSP -> LiveCamera.awaitUp(services.kafka(), killed, RECOVER_WITHIN);
    }
  }

  private void awaitCheckpoint(String job, Instant since) throws IOException, InterruptedException {
    Waiting.until(
        "job %s completes a checkpoint".formatted(job),
        RECOVER_WITHIN,
        () ->
            isFinished(job)
                || (cluster.rest().lastCheckpoint(job).isAfter(since)
                    && cluster.rest().state(job).equals("RUNNING")));
  }

  /**
   * @throws IllegalStateException when it failed for good
   */
  private boolean isFinished(String job) throws IOException, InterruptedException {
    String state = cluster.rest().state(job);
    if (state.equals("FAILED") || state.equals("CANCELED")) {
      throw new IllegalStateException(
          "The job is %s: %s".formatted(state, cluster.rest().failures(job)));
    }
    return state.equals("FINISHED");
  }

  /** Waits until the job has ended by itself. */
  void awaitEnd(String job, Duration patience) throws IOException, InterruptedException {
    Waiting.until("job %s has ended".formatted(job), patience, () -> isFinished(job));
  }
}
