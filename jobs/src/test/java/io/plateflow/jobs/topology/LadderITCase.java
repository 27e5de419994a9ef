package io.plateflow.jobs.topology;

import static io.plateflow.jobs.TestFrames.pass;
import static io.plateflow.jobs.TestFrames.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.PassUpdate.Stage;
import io.plateflow.jobs.pass.ReadRequest;
import io.plateflow.jobs.reading.GeminiSecondReader;
import io.plateflow.jobs.reading.SecondReader;
import io.plateflow.jobs.reads.ReadsConfig;
import io.plateflow.jobs.track.TrackFunction;
import io.plateflow.models.gemini.BudgetConfig;
import io.plateflow.models.gemini.GeminiConfig;
import io.plateflow.models.gemini.GeminiKey;
import io.plateflow.models.gemini.LocalBuckets;
import io.plateflow.models.read.ReadingMode;
import io.plateflow.models.testing.GeminiBehaviour;
import io.plateflow.models.testing.GeminiStub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

/** The asynchronous part of the ladder in a real job, against a stub of the Gemini API. */
class LadderITCase {

  private static final int PASSES = 120;

  /**
   * When a pass left the tracker and when it came out first, by its id; {@link System#nanoTime}.
   */
  private static final Map<String, Long> IN = new ConcurrentHashMap<>();

  private static final Map<String, Long> OUT = new ConcurrentHashMap<>();

  private static final AtomicBoolean ASKING = new AtomicBoolean(true);

  /** As much of one as is looked at before it is sent. */
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9};

  private static final GeminiBehaviour[] BAD = {
    GeminiBehaviour.THROTTLED,
    GeminiBehaviour.UNAVAILABLE,
    GeminiBehaviour.INVALID_JSON,
    GeminiBehaviour.WRONG_COUNT,
    GeminiBehaviour.RESET,
    GeminiBehaviour.HTML
  };

  @Test
  void withEveryOtherAnswerBadNoPassIsLostAndTheJobDoesNotRestart() throws Exception {
    try (GeminiStub stub =
        GeminiStub.start()
            .answering(n -> n % 2 == 0 ? BAD[n / 2 % BAD.length] : GeminiBehaviour.GOOD)
            .reading(crop -> "B1234XYZ")
            .withRetryDelay("0.1s")) {
      Map<String, List<PassUpdate>> byPass = run(config(stub));

      assertThat(byPass).hasSize(PASSES);
      assertThat(byPass.values())
          .allSatisfy(
              updates -> {
                assertThat(updates.get(updates.size() - 1).stage()).isEqualTo(Stage.FINISHED);
                assertThat(updates).filteredOn(u -> u.stage() == Stage.FINISHED).hasSize(1);
              });
      long corrected =
          byPass.values().stream()
              .filter(u -> u.get(u.size() - 1).pass().plate().text().equals("B1234XYZ"))
              .count();
      assertThat(corrected).isPositive();
      assertThat(stub.seen()).hasSizeGreaterThan(PASSES / 8);
    }
  }

  @Test
  void aDeadApiCostsNothingButItsAnswers() throws Exception {
    try (GeminiStub stub = GeminiStub.start().answering(GeminiBehaviour.HANGING)) {
      Map<String, List<PassUpdate>> byPass = run(config(stub));

      assertThat(byPass).hasSize(PASSES);
      assertThat(byPass.values())
          .allSatisfy(
              updates ->
                  assertThat(updates)
                      .extracting(PassUpdate::stage)
                      // It stood as it was read here while nothing was answered.
                      .containsExactly(Stage.STANDING, Stage.FINISHED));
      assertThat(stub.seen()).isNotEmpty();
      assertThat(byPass.values()).allMatch(u -> u.get(1).pass().plate().text().equals("B1234XVZ"));
    }
  }

  private static GeminiConfig config(GeminiStub stub) {
    return GeminiConfig.DEFAULT
        .withEndpoint(
            GeminiConfig.DEFAULT
                .endpoint()
                .withBaseUrl(stub.url())
                .withKey(GeminiKey.of("test-key")))
        .withBatching(new GeminiConfig.Batching(8, Duration.ofMillis(50), 1000, 4))
        .withTimeouts(new GeminiConfig.Timeouts(Duration.ofMillis(500), Duration.ofSeconds(5)))
        .withRetry(new GeminiConfig.Retry(3, Duration.ofMillis(20)))
        .withLimits(new BudgetConfig(10_000, 100_000_000, 1_000_000, 1_000, 0.30, 2.50));
  }

  /** How much later passes come out with half of all answers bad than with nobody asked. */
  @Test
  void saysByHowMuchPassesAreLater() throws Exception {
    try (GeminiStub stub =
        GeminiStub.start()
            .answering(n -> n % 2 == 0 ? BAD[n / 2 % BAD.length] : GeminiBehaviour.GOOD)
            .reading(crop -> "B1234XYZ")
            .withRetryDelay("0.1s")) {
      run(config(stub));
      double[] asked = millisToFirstResult(run(config(stub)));
      ASKING.set(false);
      double[] alone = millisToFirstResult(run(config(stub)));
      ASKING.set(true);
      System.out.printf(
          "ms from tracker to pass: local only p50 %.2f p99 %.2f; half of the answers bad p50 %.2f"
              + " p99 %.2f%n",
          percentile(alone, 0.5),
          percentile(alone, 0.99),
          percentile(asked, 0.5),
          percentile(asked, 0.99));
      assertThat(asked).hasSameSizeAs(alone).hasSize(PASSES);
    }
  }

  private static double[] millisToFirstResult(Map<String, List<PassUpdate>> byPass) {
    return byPass.keySet().stream()
        .mapToDouble(passId -> (OUT.get(passId) - IN.get(passId)) / 1e6)
        .sorted()
        .toArray();
  }

  private static double percentile(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }

  private static Map<String, List<PassUpdate>> run(GeminiConfig config) throws Exception {
    IN.clear();
    OUT.clear();
    Configuration flink = new Configuration();
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    flink.set(ExecutionOptions.BUFFER_TIMEOUT, FlinkSettings.BUFFER_TIMEOUT);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    env.setParallelism(2);
    SecondReader.Factory reader =
        () -> GeminiSecondReader.open(config, () -> LocalBuckets.budget(config));
    var updates =
        env.fromData(TypeInformation.of(PassUpdate.class), updates())
            .keyBy(update -> update.pass().cameraId())
            .process(new Questions(), TypeInformation.of(PassUpdate.class));
    var resolved =
        PlateSessionTopology.resolved(
            updates,
            PlateSessionTopology.answers(
                updates, reader, config.timeouts().deadline().plusSeconds(5)),
            null,
            ReadsConfig.DEFAULT);
    List<PassUpdate> out = new ArrayList<>();
    try (var results =
        resolved.map(LadderITCase::noted).returns(PassUpdate.class).executeAndCollect()) {
      results.forEachRemaining(out::add);
    }
    return out.stream().collect(Collectors.groupingBy(update -> update.pass().passId()));
  }

  private static PassUpdate noted(PassUpdate update) {
    OUT.putIfAbsent(update.pass().passId(), System.nanoTime());
    return update;
  }

  private static PassUpdate[] updates() {
    return IntStream.range(0, PASSES)
        .mapToObj(
            i ->
                new PassUpdate(
                    pass("pass-" + i, "B1234XVZ"),
                    Stage.FINISHED,
                    read("B1234XVZ", 0.3),
                    List.of("id"),
                    true,
                    null))
        .toArray(PassUpdate[]::new);
  }

  /** Asks about every pass, as the tracker does about those in doubt. */
  private static final class Questions extends ProcessFunction<PassUpdate, PassUpdate> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(PassUpdate update, Context ctx, Collector<PassUpdate> out) {
      String passId = update.pass().passId();
      IN.put(passId, System.nanoTime());
      if (!ASKING.get()) {
        out.collect(new PassUpdate(update.pass(), update.stage(), null, List.of(), false, null));
        return;
      }
      ctx.output(
          TrackFunction.QUESTIONS,
          new ReadRequest(
              passId, update.pass().cameraId(), ReadingMode.LOCAL_FIRST, JPEG, "unsure"));
      out.collect(update);
    }
  }
}
