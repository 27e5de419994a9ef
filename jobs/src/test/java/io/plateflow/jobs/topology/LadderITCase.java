package io.plateflow.jobs.topology;

import static io.plateflow.jobs.TestFrames.pass;
import static io.plateflow.jobs.TestFrames.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.jobs.ladder.GeminiSecondReader;
import io.plateflow.jobs.ladder.ReadRequest;
import io.plateflow.jobs.ladder.SecondReader;
import io.plateflow.jobs.track.PassUpdate;
import io.plateflow.jobs.track.PassUpdate.Stage;
import io.plateflow.jobs.track.TrackFunction;
import io.plateflow.models.gemini.BudgetLimits;
import io.plateflow.models.gemini.GeminiConfig;
import io.plateflow.models.gemini.GeminiKey;
import io.plateflow.models.gemini.LocalBuckets;
import io.plateflow.models.gemini.stub.Behaviour;
import io.plateflow.models.gemini.stub.GeminiStub;
import io.plateflow.models.read.ReadingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

/** The asynchronous part of the ladder in a real job, against a stub of the Gemini API. */
class LadderITCase {

  private static final int PASSES = 120;

  /** As much of one as is looked at before it is sent. */
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9};

  private static final Behaviour[] BAD = {
    Behaviour.THROTTLED,
    Behaviour.UNAVAILABLE,
    Behaviour.INVALID_JSON,
    Behaviour.WRONG_COUNT,
    Behaviour.RESET,
    Behaviour.HTML
  };

  @Test
  void withEveryOtherAnswerBadNoPassIsLostAndTheJobDoesNotRestart() throws Exception {
    try (GeminiStub stub =
        GeminiStub.start()
            .answering(n -> n % 2 == 0 ? BAD[n / 2 % BAD.length] : Behaviour.GOOD)
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
    try (GeminiStub stub = GeminiStub.start().answering(Behaviour.HANGING)) {
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
    return GeminiConfig.DEFAULTS
        .withServer(stub.url(), GeminiKey.of("test-key"))
        .withBatch(8, Duration.ofMillis(50), 1000)
        .withTimes(Duration.ofMillis(500), Duration.ofSeconds(5))
        .withAttempts(3, Duration.ofMillis(20))
        .withLimits(new BudgetLimits(10_000, 100_000_000, 1_000_000, 1_000, 0.30, 2.50));
  }

  private static Map<String, List<PassUpdate>> run(GeminiConfig config) throws Exception {
    Configuration flink = new Configuration();
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    env.setParallelism(2);
    SecondReader.Factory reader =
        () -> GeminiSecondReader.open(config, () -> LocalBuckets.budget(config));
    var updates =
        env.fromData(TypeInformation.of(PassUpdate.class), updates())
            .keyBy(update -> update.pass().cameraId())
            .process(new Questions(), TypeInformation.of(PassUpdate.class));
    var resolved = PlateSessionTopology.resolved(updates, reader, config.deadline().plusSeconds(5));
    List<PassUpdate> out = new ArrayList<>();
    try (var results = resolved.executeAndCollect()) {
      results.forEachRemaining(out::add);
    }
    return out.stream().collect(Collectors.groupingBy(update -> update.pass().passId()));
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
                    true))
        .toArray(PassUpdate[]::new);
  }

  /** Asks about every pass, as the tracker does about those in doubt. */
  private static final class Questions extends ProcessFunction<PassUpdate, PassUpdate> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(PassUpdate update, Context ctx, Collector<PassUpdate> out) {
      String passId = update.pass().passId();
      ctx.output(
          TrackFunction.QUESTIONS,
          new ReadRequest(
              passId, update.pass().cameraId(), ReadingMode.LOCAL_FIRST, JPEG, "unsure"));
      out.collect(update);
    }
  }
}
