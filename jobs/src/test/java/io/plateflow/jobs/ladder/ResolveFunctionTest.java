package io.plateflow.jobs.ladder;

import static io.plateflow.jobs.TestFrames.pass;
import static io.plateflow.jobs.TestFrames.read;
import static io.plateflow.jobs.TestFrames.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.jobs.StateFile;
import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.PassUpdate.Stage;
import io.plateflow.jobs.pass.ReadAnswer;
import io.plateflow.jobs.pass.ReadRequest;
import io.plateflow.jobs.reads.OutsideRead;
import io.plateflow.models.read.ReadingMode;
import io.plateflow.schemas.plate.PlateRead;
import io.plateflow.schemas.plate.RungRead;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.types.Either;
import org.junit.jupiter.api.Test;

class ResolveFunctionTest {

  @Test
  void goesOnFromTheStateOfARelease() throws Exception {
    OperatorSubtaskState kept =
        StateFile.kept(
            "resolve-v0.bin",
            () -> {
              try (var harness = harness()) {
                harness.open();
                harness.processElement1(
                    new StreamRecord<>(update(pass("p1", "B1234XVZ"), Stage.FINISHED)));
                return harness.snapshot(1, 1);
              }
            });
    try (var harness = harness()) {
      harness.initializeState(kept);
      harness.open();
      harness.processElement2(answered(answer("p1", "B1234XYZ")));
      assertThat(harness.extractOutputValues())
          .singleElement()
          .satisfies(
              resolved -> {
                assertThat(resolved.stage()).isEqualTo(Stage.FINISHED);
                assertThat(resolved.pass().plate().text()).isEqualTo("B1234XYZ");
              });
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void aPassGoesOnAtOnceAndAgainWithItsAnswer() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement1(new StreamRecord<>(update(pass("p1", "B1234XVZ"), Stage.FINISHED)));
      assertThat(stages(harness)).containsExactly(Stage.STANDING);

      harness.processElement2(answered(answer("p1", "B1234XYZ")));
      assertThat(stages(harness)).containsExactly(Stage.STANDING, Stage.FINISHED);
      assertThat(harness.extractOutputValues())
          .extracting(update -> update.pass().revision())
          .containsExactly(0, 1);
      var plate = harness.extractOutputValues().get(1).pass().plate();
      assertThat(plate.text()).isEqualTo("B1234XYZ");
      assertThat(plate.reader()).isEqualTo("gemini");
      assertThat(plate.rungs()).extracting(RungRead::text).containsExactly("B1234XVZ", "B1234XYZ");
      assertThat(plate.decision()).startsWith("gemini: ").contains("B1234XVZ");
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void anAnswerThatComesFirstIsInThePassFromTheStart() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement2(answered(answer("p1", "B1234XYZ")));
      harness.processElement1(new StreamRecord<>(update(pass("p1", ""), Stage.PROVISIONAL)));
      harness.processElement1(new StreamRecord<>(update(pass("p1", ""), Stage.FINISHED)));
      assertThat(stages(harness)).containsExactly(Stage.PROVISIONAL, Stage.FINISHED);
      assertThat(harness.extractOutputValues())
          .allMatch(update -> update.pass().plate().text().equals("B1234XYZ"))
          // Before a crash it may have been told without the answer, under revision 0.
          .allMatch(update -> update.pass().revision() == 1);
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void withoutAnAnswerThePassStandsAsItWas() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement1(new StreamRecord<>(update(pass("p1", "B1234XYZ"), Stage.FINISHED)));
      harness.processElement2(
          answered(
              ReadAnswer.without(
                  new ReadRequest("p1", "cam-1", ReadingMode.LOCAL_FIRST, new byte[0], "unsure"),
                  "503")));
      assertThat(stages(harness)).containsExactly(Stage.STANDING, Stage.FINISHED);
      assertThat(harness.extractOutputValues().get(1).pass())
          .isEqualTo(harness.extractOutputValues().get(0).pass());
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void aPassThatNobodyWasAskedAboutGoesThrough() throws Exception {
    try (var harness = harness()) {
      harness.open();
      PassUpdate plain =
          new PassUpdate(pass("p1", "B1234XYZ"), Stage.FINISHED, null, List.of(), false, null);
      harness.processElement1(new StreamRecord<>(plain));
      assertThat(harness.extractOutputValues()).containsExactly(plain);
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void aPassThatWasPartOfAnotherLeavesNothingBehind() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement1(
          new StreamRecord<>(update(pass("p1", "B1234XYZ"), Stage.PROVISIONAL)));
      harness.processElement1(new StreamRecord<>(update(pass("p1", "B1234XYZ"), Stage.ABSORBED)));
      harness.processElement2(answered(answer("p1", "B1234XYZ")));
      assertThat(stages(harness)).containsExactly(Stage.PROVISIONAL, Stage.ABSORBED);
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  private static List<Stage> stages(
      KeyedTwoInputStreamOperatorTestHarness<
              String, PassUpdate, Either<ReadAnswer, OutsideRead>, PassUpdate>
          harness) {
    return harness.extractOutputValues().stream().map(PassUpdate::stage).toList();
  }

  private static StreamRecord<Either<ReadAnswer, OutsideRead>> answered(ReadAnswer answer) {
    return new StreamRecord<>(Either.Left(answer));
  }

  private static ReadAnswer answer(String passId, String text) {
    PlateRead local = read(text, 0.95);
    PlateRead gemini =
        new PlateRead(
            text, 0.95, local.characterScores(), List.of(), null, local.country(), "gemini");
    return new ReadAnswer(passId, "cam-1", ReadingMode.LOCAL_FIRST, gemini, null, null);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, PassUpdate, Either<ReadAnswer, OutsideRead>, PassUpdate>
      harness() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(new ResolveFunction(Duration.ofSeconds(5))),
        update -> update.pass().cameraId(),
        input -> input.isLeft() ? input.left().cameraId() : input.right().pass().cameraId(),
        Types.STRING);
  }
}
