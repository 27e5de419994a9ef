package io.plateflow.jobs.gemini;

import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.models.gemini.BudgetConfig;
import io.plateflow.models.gemini.BudgetTiming;
import io.plateflow.models.gemini.GeminiConfig;
import io.plateflow.models.gemini.GeminiKey;
import io.plateflow.models.gemini.GeminiRecognizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A process of its own that reads numbered crops under the shared budget and prints {@code <number>
 * <outcome>} for each, so that a test can kill it.
 */
final class BudgetedReads {

  private BudgetedReads() {}

  /** The command line of {@link #main}. */
  record Arguments(
      String jdbcUrl, String user, String geminiUrl, int limit, int batch, BudgetTiming timing) {

    /** Where its environment holds the password of Postgres. */
    static final String PASSWORD = "PGPASSWORD";

    List<String> words(List<Integer> crops) {
      List<String> words =
          new ArrayList<>(
              List.of(
                  jdbcUrl,
                  user,
                  geminiUrl,
                  Integer.toString(limit),
                  Integer.toString(batch),
                  timing.window().toString(),
                  timing.sendWithin().toString(),
                  timing.delivery().toString()));
      crops.forEach(crop -> words.add(crop.toString()));
      return words;
    }

    static Arguments of(String[] args) {
      return new Arguments(
          args[0],
          args[1],
          args[2],
          Integer.parseInt(args[3]),
          Integer.parseInt(args[4]),
          new BudgetTiming(
              Duration.parse(args[5]), Duration.parse(args[6]), Duration.parse(args[7])));
    }
  }

  public static void main(String[] args) {
    Arguments arguments = Arguments.of(args);
    GeminiConfig config =
        GeminiConfig.DEFAULT
            .withEndpoint(
                GeminiConfig.DEFAULT
                    .endpoint()
                    .withBaseUrl(arguments.geminiUrl())
                    .withKey(GeminiKey.of("test-key")))
            .withBatching(
                new GeminiConfig.Batching(arguments.batch(), Duration.ofMillis(100), 10_000, 4))
            .withTimeouts(new GeminiConfig.Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(30)))
            .withRetry(new GeminiConfig.Retry(10, Duration.ofMillis(100)))
            .withLimits(
                new BudgetConfig(arguments.limit(), 100_000_000, 100_000, 1_000, 0.30, 2.50));
    PostgresConfig postgres =
        PostgresConfig.DEFAULT.at(
            arguments.jdbcUrl(), arguments.user(), System.getenv(Arguments.PASSWORD));
    List<CompletableFuture<Void>> reads = new ArrayList<>();
    try (GeminiRecognizer gemini =
        GeminiRecognizer.open(config, PostgresBudgets.open(postgres, config, arguments.timing()))) {
      for (String crop : Arrays.asList(args).subList(8, args.length)) {
        int number = Integer.parseInt(crop);
        reads.add(
            gemini
                .recognize(crop(number))
                .thenAccept(answer -> print(number + " " + answer.outcome())));
      }
      reads.forEach(CompletableFuture::join);
      System.err.println("Process done: " + gemini.counters());
    }
  }

  private static synchronized void print(String line) {
    System.out.println(line);
    System.out.flush();
  }

  /** Not a picture that could be decoded, but one that can be told from others. */
  private static byte[] crop(int number) {
    return new byte[] {
      (byte) 0xff,
      (byte) 0xd8,
      (byte) 0xff,
      (byte) (number >> 8),
      (byte) number,
      (byte) 0xff,
      (byte) 0xd9
    };
  }
}
