package io.plateflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.plateflow.clients.embedded.LocalPort;
import io.plateflow.jobs.config.JobConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running {@code scripts/run}, as pages in a browser and other users of the machine see it. */
class ListenersITCase {

  private static final Pattern JOB = Pattern.compile("\"id\":\"([0-9a-f]{32})\"");

  /** Of a task of a job: before all run, no savepoint can be taken. */
  private static final Pattern NOT_RUNNING = Pattern.compile("\"status\":\"(?!RUNNING\")");

  private static final Duration UP_WITHIN = Duration.ofMinutes(3);
  private static final String UPLOAD =
      """
      --x\r
      Content-Disposition: form-data; name="jarfile"; filename="evil.jar"\r
      Content-Type: application/x-java-archive\r
      \r
      evil\r
      --x--\r
      """;

  @TempDir static Path folder;

  private static final ByteArrayOutputStream PRINTED = new ByteArrayOutputStream();
  private static final ExecutorService THREAD = Executors.newSingleThreadExecutor();
  private static Standalone standalone;
  private static Future<Integer> run;
  private static int uiPort;
  private static int metricsPort;
  private static RawHttp ui;
  private static String job;

  @BeforeAll
  static void start() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("plateflow.yml"),
            """
            cameras: [{id: entry, uri: "%s", gate: entry, max-frame-rate: 2}]
            source: {realtime: true}
            """
                .formatted(Path.of("demo/gate-entry.mp4").toAbsolutePath()));
    uiPort = LocalPort.claim(0, "web UI");
    metricsPort = LocalPort.claim(0, "metrics server");
    // "Once" only for the totals, which are printed when the job has ended by itself or by
    // draining.
    StandaloneOptions options =
        new StandaloneOptions(
            JobConfig.read(config),
            false,
            Map.of(),
            true,
            folder.resolve("data"),
            0,
            0,
            uiPort,
            metricsPort);
    PrintStream out = new PrintStream(PRINTED, true, StandardCharsets.UTF_8);
    standalone = new Standalone(options, new Console(out, options.zones()));
    run = THREAD.submit(standalone::run);
    ui = new RawHttp(uiPort);
    job = awaitRunningJob();
  }

  /** Also shows that a user's stop needs nothing of what the interface refuses. */
  @AfterAll
  static void stopsWithASavepoint() throws Exception {
    standalone.stop();
    assertThat(run.get()).isZero();
    THREAD.shutdown();
    String[] lines = PRINTED.toString(StandardCharsets.UTF_8).strip().split("\n");
    assertThat(new ObjectMapper().readTree(lines[lines.length - 1]).required("frames").asLong())
        .isPositive();
  }

  @Test
  void uiIsReadableUnderItsOwnNames() throws Exception {
    for (String host : List.of("127.0.0.1:" + uiPort, "localhost:" + uiPort, "[::1]:" + uiPort)) {
      RawHttp.Answer answer = ui.ask("GET /overview", "Host: " + host, "Origin: http://" + host);
      assertThat(answer.status()).as(host).isEqualTo(200);
      assertThat(answer.text()).contains("\"jobs-running\":1");
    }
    assertThat(ui.ask("GET /", "Host: 127.0.0.1").text()).contains("<title>");
    assertThat(ui.ask("GET /jobs/" + job, "Host: 127.0.0.1").status()).isEqualTo(200);
    assertThat(ui.ask("GET /config", "Host: 127.0.0.1").text())
        .contains("\"web-submit\":false", "\"web-cancel\":false", "\"web-rescale\":false")
        .doesNotContain("access-control-allow-origin: *");
  }

  @Test
  void foreignPagesAreRefused() throws Exception {
    String host = "Host: 127.0.0.1:" + uiPort;
    assertRefused(ui.ask("GET /overview", "Host: evil.example"), "Host");
    assertRefused(ui.ask("GET /overview", "Host: evil.example:" + uiPort), "Host");
    assertRefused(ui.ask("GET /overview"), "Host");
    assertRefused(ui.ask("GET /overview", host, "Origin: http://evil.example"), "Origin");
    assertRefused(ui.ask("OPTIONS /jars/upload", host, "Origin: http://evil.example"), "Origin");
    assertRefused(ui.ask("GET /overview", host, "Sec-Fetch-Site: cross-site"), "another site");
    RawHttp metrics = new RawHttp(metricsPort);
    assertThat(metrics.ask("GET /metrics", "Host: evil.example").status()).isEqualTo(403);
    assertThat(metrics.ask("GET /metrics", "Host: localhost").text()).contains("flink_jobmanager");
  }

  @Test
  void nothingCanBeChanged() throws Exception {
    String host = "Host: 127.0.0.1:" + uiPort;
    assertRefused(
        ui.send(UPLOAD, "POST /jars/upload", host, "Content-Type: multipart/form-data; boundary=x"),
        "POST /jars/upload");
    assertRefused(
        ui.send(UPLOAD, "POST /jobs", host, "Content-Type: multipart/form-data; boundary=x"),
        "POST /jobs");
    for (String line :
        List.of(
            "GET /jars",
            "DELETE /cluster",
            "PATCH /jobs/%s?mode=cancel".formatted(job),
            "PATCH /jobs/%s/rescaling".formatted(job),
            "PUT /jobs/%s/resource-requirements".formatted(job),
            "POST /jobs/%s/stop".formatted(job),
            "POST /jobs/%s/savepoints".formatted(job),
            "GET /jobs/%s/yarn-cancel".formatted(job),
            "GET /jobs/%s/yarn%%2Dstop".formatted(job))) {
      assertRefused(ui.send("{}", line, host, "Content-Type: application/json"), "Refused");
    }
    assertThat(ui.ask("GET /jobs/" + job, host).text()).contains("\"state\":\"RUNNING\"");
  }

  @Test
  void everythingListensOnTheLoopbackAddressOnly() throws Exception {
    assumeTrue(ListeningSockets.areKnown(), "needs /proc of Linux");
    List<String> own = ListeningSockets.of(ProcessHandle.current().pid());
    assertThat(own).anyMatch(address -> address.endsWith(":%04X".formatted(uiPort)));
    assertThat(own).anyMatch(address -> address.endsWith(":%04X".formatted(metricsPort)));
    assertThat(own).allMatch(ListeningSockets::isLoopback);
    Path pidFile = folder.resolve("data/postgres/data/postmaster.pid");
    List<String> postgres =
        ListeningSockets.of(Long.parseLong(Files.readAllLines(pidFile).get(0).strip()));
    assertThat(postgres).hasSize(1).allMatch(ListeningSockets::isLoopback);
  }

  @Test
  void passwordsAreNeitherPrintedNorReadableForOthers() throws Exception {
    for (String role : List.of("owner", "reader")) {
      Path file = folder.resolve("data/postgres/%s.password".formatted(role));
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      String password = Files.readString(file).strip();
      assertThat(PRINTED.toString(StandardCharsets.UTF_8)).doesNotContain(password);
      List<String> commands = new ArrayList<>();
      ProcessHandle.allProcesses()
          .forEach(process -> process.info().commandLine().ifPresent(commands::add));
      assertThat(commands).isNotEmpty().noneMatch(line -> line.contains(password));
    }
  }

  private static void assertRefused(RawHttp.Answer answer, String why) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(403);
    assertThat(answer.text()).contains("Refused by Plateflow", why);
  }

  private static boolean allTasksRun(String id) throws IOException {
    String text = ui.ask("GET /jobs/" + id, "Host: localhost").text();
    return text.contains("\"state\":\"RUNNING\"") && !NOT_RUNNING.matcher(text).find();
  }

  private static String awaitRunningJob() throws InterruptedException {
    long deadline = System.nanoTime() + UP_WITHIN.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        Matcher found = JOB.matcher(ui.ask("GET /jobs", "Host: localhost").text());
        if (found.find() && allTasksRun(found.group(1))) {
          return found.group(1);
        }
      } catch (IOException e) {
        // Not there yet.
      }
      Thread.sleep(300);
    }
    throw new IllegalStateException(
        "No job came; printed so far: " + PRINTED.toString(StandardCharsets.UTF_8));
  }
}
