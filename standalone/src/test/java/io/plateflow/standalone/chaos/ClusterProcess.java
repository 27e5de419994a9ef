package io.plateflow.standalone.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One JVM of the cluster: started as often as needed with the same command, one log for all. */
final class ClusterProcess implements Supervised, AutoCloseable {

  private final String name;
  private final List<String> command;
  private final Map<String, String> environment;
  private final Path log;
  private Process process;
  private boolean wanted;

  /**
   * @param jvm options of the JVM, e.g. {@code -Xmx256m}
   * @param main its main class, then the arguments of that
   */
  ClusterProcess(
      String name, Path log, Map<String, String> environment, List<String> jvm, String... main) {
    this.name = name;
    this.log = log;
    this.environment = environment;
    command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(TetheredMain.class.getName());
    command.addAll(List.of(main));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized void start() throws IOException {
    wanted = true;
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    // The natives: no telemetry, and one thread each.
    builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
    builder.environment().put("OMP_THREAD_LIMIT", "1");
    builder.environment().putAll(environment);
    process = builder.start();
  }

  /** {@code kill -9}; returns when it is dead. */
  synchronized void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  @Override
  public synchronized boolean isMissing() {
    return wanted && !isAlive();
  }

  /** Waits for its own end. */
  int await() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public synchronized void close() {
    wanted = false;
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
