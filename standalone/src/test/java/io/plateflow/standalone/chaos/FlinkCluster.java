package io.plateflow.standalone.chaos;

import io.plateflow.clients.camera.testing.FreePort;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JobManager, TaskManagers and the ZooKeeper that holds the JobManager's leadership, each a JVM
 * of its own on the loopback address, as the scripts of a Flink distribution would start them.
 */
final class FlinkCluster implements AutoCloseable {

  private static final Duration UP_WITHIN = Duration.ofMinutes(4);
  private static final Pattern SUBMITTED = Pattern.compile("JobID ([0-9a-f]{32})");

  private final Path configuration;
  private final Path logs;
  private final Path jar;
  private final ClusterProcess zooKeeper;
  private final ClusterProcess jobManager;
  private final List<ClusterProcess> taskManagers = new ArrayList<>();
  private final FlinkRest rest;
  private int submissions;

  private FlinkCluster(Path folder, Path logs, int taskManagerCount) throws IOException {
    this.logs = logs;
    configuration = Files.createDirectories(folder.resolve("conf"));
    int restPort = FreePort.find();
    int zooKeeperPort = FreePort.find();
    rest = new FlinkRest(restPort);
    writeConfiguration(folder, restPort, zooKeeperPort);
    jar = emptyJar(folder.resolve("job.jar"));
    zooKeeper =
        new ClusterProcess(
            "zookeeper",
            logs.resolve("zookeeper.log"),
            Map.of(),
            // The default refuses to start where the port of its admin server is taken.
            List.of("-Xmx64m", "-Dzookeeper.admin.enableServer=false"),
            "org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ZooKeeperServerMain",
            zooKeeperConfiguration(folder, zooKeeperPort).toString());
    jobManager =
        new ClusterProcess(
            "jobmanager",
            logs.resolve("jobmanager.log"),
            Map.of(),
            List.of("-Xmx256m"),
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
            "--configDir",
            configuration.toString());
    for (int i = 1; i <= taskManagerCount; i++) {
      taskManagers.add(
          new ClusterProcess(
              "taskmanager-" + i,
              logs.resolve("taskmanager-" + i + ".log"),
              Map.of(),
              List.of("-Xmx320m", "-XX:MaxDirectMemorySize=448m"),
              "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
              "--configDir",
              configuration.toString(),
              "-D",
              // So that it is known which process a task runs in.
              "taskmanager.resource-id=taskmanager-" + i));
    }
  }

  /** Starts it; returns when all TaskManagers have registered. */
  static FlinkCluster start(Path folder, Path logs, int taskManagers)
      throws IOException, InterruptedException {
    FlinkCluster cluster = new FlinkCluster(folder, logs, taskManagers);
    for (ClusterProcess process : cluster.processes()) {
      process.start();
    }
    try {
      Waiting.until("all TaskManagers are there", UP_WITHIN, cluster::hasCome);
    } catch (IOException | IllegalStateException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  private boolean hasCome() throws IOException, InterruptedException {
    for (ClusterProcess process : processes()) {
      if (process.isMissing()) {
        throw new IllegalStateException("%s ended at once; see %s".formatted(process.name(), logs));
      }
    }
    return isComplete();
  }

  /** Whether all its processes run and know of each other. */
  boolean isComplete() throws IOException, InterruptedException {
    return rest.taskManagers() >= taskManagers.size()
        && processes().stream().allMatch(ClusterProcess::isAlive);
  }

  FlinkRest rest() {
    return rest;
  }

  List<ClusterProcess> processes() {
    List<ClusterProcess> all = new ArrayList<>(List.of(zooKeeper, jobManager));
    all.addAll(taskManagers);
    return all;
  }

  ClusterProcess jobManager() {
    return jobManager;
  }

  List<ClusterProcess> taskManagers() {
    return taskManagers;
  }

  /**
   * Runs a main class that submits a job, as {@code flink run -d} does.
   *
   * @param environment of the process, beside what it needs itself
   * @return the id of the job
   */
  String submit(Map<String, String> environment, String mainClass, String... arguments)
      throws IOException, InterruptedException {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("FLINK_CONF_DIR", configuration.toString());
    List<String> main =
        new ArrayList<>(
            List.of(
                "org.apache.flink.client.cli.CliFrontend",
                "run",
                "--detached",
                "--class",
                mainClass,
                jar.toString()));
    main.addAll(List.of(arguments));
    Path log = logs.resolve("submit-%d.log".formatted(++submissions));
    try (ClusterProcess client =
        new ClusterProcess(
            "client",
            log,
            variables,
            // As in the configuration that a distribution of Flink comes with.
            List.of("-Xmx256m", "--add-opens=java.base/java.util=ALL-UNNAMED"),
            main.toArray(String[]::new))) {
      client.start();
      client.await();
    }
    Matcher submitted = SUBMITTED.matcher(Files.readString(log));
    if (!submitted.find()) {
      throw new IOException("The job was not submitted; see " + log);
    }
    return submitted.group(1);
  }

  private void writeConfiguration(Path folder, int restPort, int zooKeeperPort) throws IOException {
    Files.writeString(
        configuration.resolve("config.yaml"),
        """
        jobmanager.rpc.address: 127.0.0.1
        jobmanager.bind-host: 127.0.0.1
        rest.address: 127.0.0.1
        rest.bind-address: 127.0.0.1
        rest.port: %1$d
        rest.bind-port: %1$d
        taskmanager.host: 127.0.0.1
        taskmanager.bind-host: 127.0.0.1
        taskmanager.numberOfTaskSlots: 3
        taskmanager.load-balance.mode: SLOTS
        taskmanager.cpu.cores: 2.0
        taskmanager.memory.framework.heap.size: 64m
        taskmanager.memory.task.heap.size: 256m
        taskmanager.memory.framework.off-heap.size: 64m
        taskmanager.memory.task.off-heap.size: 352m
        taskmanager.memory.network.min: 32m
        taskmanager.memory.network.max: 32m
        taskmanager.memory.managed.size: 16m
        taskmanager.memory.jvm-metaspace.size: 128m
        taskmanager.memory.jvm-overhead.min: 64m
        taskmanager.memory.jvm-overhead.max: 64m
        high-availability.type: zookeeper
        high-availability.zookeeper.quorum: 127.0.0.1:%2$d
        high-availability.zookeeper.client.session-timeout: 6s
        high-availability.storageDir: %3$s/ha
        high-availability.cluster-id: /chaos
        heartbeat.interval: 1s
        heartbeat.timeout: 10s
        restart-strategy.type: exponential-delay
        restart-strategy.exponential-delay.max-backoff: 5s
        io.tmp.dirs: %4$s
        web.submit.enable: false
        """
            .formatted(
                restPort,
                zooKeeperPort,
                folder.toUri(),
                Files.createDirectories(folder.resolve("tmp"))));
  }

  private static Path zooKeeperConfiguration(Path folder, int port) throws IOException {
    return Files.writeString(
        folder.resolve("zookeeper.properties"),
        """
        tickTime=500
        clientPort=%d
        clientPortAddress=127.0.0.1
        dataDir=%s
        """
            .formatted(port, Files.createDirectories(folder.resolve("zookeeper"))));
  }

  /** The product is on the class path of every process; Flink's client insists on a jar. */
  private static Path emptyJar(Path path) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    try (OutputStream out = Files.newOutputStream(path);
        JarOutputStream file = new JarOutputStream(out, manifest)) {
      file.setComment("empty");
    }
    return path;
  }

  @Override
  public void close() {
    processes().forEach(ClusterProcess::close);
  }
}
