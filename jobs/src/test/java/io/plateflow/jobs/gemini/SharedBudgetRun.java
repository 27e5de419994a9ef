package io.plateflow.jobs.gemini;

import io.plateflow.clients.embedded.EmbeddedPostgresServer;
import io.plateflow.clients.postgres.DatabaseMigration;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.models.gemini.BudgetTiming;
import io.plateflow.models.testing.GeminiStub;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Two processes read crops under one budget in Postgres; one of them is killed on the way and
 * started again. What counts is what the API sees.
 */
final class SharedBudgetRun {

  /**
   * What came of it.
   *
   * @param outcomes of every crop, by its number
   * @param requests that the API saw
   * @param mostInWindow most of them in any window
   * @param millis from the first request to the last
   */
  record Result(Map<Integer, String> outcomes, int requests, int mostInWindow, long millis) {}

  private final BudgetedReads.Arguments arguments;
  private final String password;
  private final Map<Integer, String> outcomes = new ConcurrentHashMap<>();

  private SharedBudgetRun(BudgetedReads.Arguments arguments, String password) {
    this.arguments = arguments;
    this.password = password;
  }

  /**
   * {@code SharedBudgetRun CROPS LIMIT BATCH WINDOW-SECONDS}: the same by hand, with the timing of
   * the product where the window is 60.
   */
  public static void main(String[] args) throws Exception {
    int window = Integer.parseInt(args[3]);
    BudgetTiming defaults = BudgetTiming.DEFAULT;
    Result result =
        run(
            Integer.parseInt(args[0]),
            Integer.parseInt(args[1]),
            Integer.parseInt(args[2]),
            new BudgetTiming(
                Duration.ofSeconds(window), defaults.sendWithin(), defaults.delivery()));
    System.out.printf(
        "crops=%d read=%d requests=%d most in any %d s=%d limit=%s seconds=%d%n",
        result.outcomes().size(),
        result.outcomes().values().stream().filter("READ"::equals).count(),
        result.requests(),
        window,
        result.mostInWindow(),
        args[1],
        result.millis() / 1000);
  }

  static Result run(int crops, int limit, int batch, BudgetTiming timing)
      throws IOException, InterruptedException {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(0, null);
        GeminiStub stub = GeminiStub.start()) {
      PostgresConfig postgres = server.config();
      DatabaseMigration.migrate(postgres);
      SharedBudgetRun run =
          new SharedBudgetRun(
              new BudgetedReads.Arguments(
                  postgres.jdbcUrl(), postgres.user(), stub.url(), limit, batch, timing),
              postgres.password());
      run.go(crops);
      List<Long> seen = stub.seen().stream().map(GeminiStub.Seen::millis).toList();
      return new Result(
          run.outcomes,
          seen.size(),
          GeminiStub.mostInWindow(seen, timing.window().toMillis()),
          seen.get(seen.size() - 1) - seen.get(0));
    }
  }

  private void go(int crops) throws IOException, InterruptedException {
    Reading even = start(numbers(0, crops));
    Reading odd = start(numbers(1, crops));
    try {
      // A fifth of its crops in, one of them dies without a word.
      int enough = crops / 10;
      while (odd.process.isAlive() && read(1) < enough) {
        Thread.sleep(20);
      }
      odd.process.destroyForcibly();
      odd.end();
      odd = start(numbers(1, crops).stream().filter(n -> !outcomes.containsKey(n)).toList());
      odd.end();
      even.end();
    } finally {
      even.process.destroyForcibly();
      odd.process.destroyForcibly();
    }
  }

  private long read(int parity) {
    return outcomes.keySet().stream().filter(number -> number % 2 == parity).count();
  }

  private static List<Integer> numbers(int parity, int crops) {
    return IntStream.range(0, crops).filter(n -> n % 2 == parity).boxed().toList();
  }

  private Reading start(List<Integer> crops) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                BudgetedReads.class.getName()));
    command.addAll(arguments.words(crops));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put(BudgetedReads.Arguments.PASSWORD, password);
    Process process = builder.start();
    Thread reading = new Thread(() -> note(process));
    reading.start();
    return new Reading(process, reading);
  }

  private void note(Process process) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines
          .lines()
          .map(line -> line.split(" "))
          .filter(words -> words.length == 2)
          .forEach(words -> outcomes.put(Integer.parseInt(words[0]), words[1]));
    } catch (IOException | java.io.UncheckedIOException e) {
      // The process was killed in the middle of a line.
      System.err.println("A process ended: " + e.getMessage());
    }
  }

  private record Reading(Process process, Thread reading) {
    void end() throws InterruptedException {
      process.waitFor();
      reading.join();
    }
  }
}
