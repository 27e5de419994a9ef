package io.plateflow.jobs.ladder;

import static io.plateflow.jobs.TestFrames.pass;
import static io.plateflow.jobs.TestFrames.read;
import static io.plateflow.jobs.TestFrames.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plateflow.jobs.StateFile;
import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.PassUpdate.Stage;
import io.plateflow.jobs.pass.ReadAnswer;
import io.plateflow.jobs.pass.ReadRequest;
import io.plateflow.jobs.reads.OutsideRead;
import io.plateflow.jobs.reads.Reads;
import io.plateflow.models.read.ReadingMode;
import io.plateflow.schemas.avro.ReadKind;
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

  /** Written when reads of others had come. */
  @Test
  void readsOfOthersAreThereFromTheStateOfARelease() throws Exception {
    OperatorSubtaskState kept =
        StateFile.kept(
            "resolve-v1.bin",
            () -> {
              try (var harness = harness()) {
                harness.open();
                harness.setProcessingTime(0);
                harness.processElement1(
                    new StreamRecord<>(update(pass("p1", "B1234XVZ"), Stage.FINISHED)));
                harness.processElement2(outside(camera("r1", 0, "B1234XYZ", 0.8)));
                harness.processElement2(outside(camera("r2", 4_000, "81234XYZ", 0.9)));
                return harness.snapshot(1, 1);
              }
            });
    try (var harness = harness()) {
      harness.initializeState(kept);
      harness.open();
      harness.setProcessingTime(1_000);
      harness.processElement2(answered(answer("p1", "B1234XYZ")));
      harness.processElement2(outside(camera("r2", 4_000, "81234XYZ", 0.9)));
      harness.processElement2(outside(camera("r3", 9_000, "81234XYZ", 0.8)));
      harness.setProcessingTime(Duration.ofDays(8).toMillis());
      assertThat(told(harness))
          .containsExactly(
              "p1 FINISHED B1234XYZ revision 1 of 20",
              "@anpr:r1 STANDING 81234XYZ revision 1 of 3",
              "@anpr:r1 FINISHED 81234XYZ revision 1 of 3");
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

  @Test
  void aReadOfOthersIsAPassOnceHoweverOftenItComes() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.setProcessingTime(0);
      harness.processElement2(outside(camera("r1", 0, "B1234XYZ", 0.8)));
      harness.processElement2(outside(camera("r1", 0, "B1234XYZ", 0.8)));
      harness.setProcessingTime(60_000);
      harness.processElement2(outside(camera("r1", 0, "B1234XYZ", 0.8)));
      assertThat(told(harness))
          .containsExactly(
              "@anpr:r1 STANDING B1234XYZ revision 0 of 1",
              "@anpr:r1 FINISHED B1234XYZ revision 0 of 1");
      harness.setProcessingTime(Duration.ofDays(7).toMillis());
      harness.processElement2(outside(camera("r1", 0, "B1234XYZ", 0.8)));
      assertThat(told(harness)).hasSize(2);
      assertThat(harness.numKeyedStateEntries()).isNotZero();

      harness.setProcessingTime(Duration.ofDays(7).plusHours(1).toMillis());
      assertThat(harness.numKeyedStateEntries()).as("forgotten").isZero();
      assertThat(harness.numProcessingTimeTimers()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void aRepeatThatIsSentAgainLongAfterIsNoPassOfItsOwn() throws Exception {
    OperatorSubtaskState kept;
    try (var harness = harness()) {
      harness.open();
      harness.setProcessingTime(0);
      harness.processElement2(outside(camera("r1", 0, "B1234XYZ", 0.8)));
      harness.processElement2(outside(camera("r2", 1_000, "B1234XYZ", 0.8)));
      harness.processElement2(outside(Reads.read("u1", ReadKind.UPLOAD, 0, "B1234XYZ", 0.8)));
      harness.setProcessingTime(Duration.ofHours(2).toMillis());
      kept = harness.snapshot(1, 1);
    }
    try (var harness = harness()) {
      harness.initializeState(kept);
      harness.open();
      harness.setProcessingTime(Duration.ofDays(6).toMillis());
      harness.processElement2(outside(camera("r2", 1_000, "B1234XYZ", 0.8)));
      harness.processElement2(outside(camera("r1", 0, "B1234XYZ", 0.8)));
      harness.processElement2(outside(Reads.read("u1", ReadKind.UPLOAD, 0, "B1234XYZ", 0.8)));
      assertThat(told(harness)).isEmpty();
    }
  }

  @Test
  void repeatsAreOnePassUpToTheVeryMillisecond() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.setProcessingTime(0);
      harness.processElement2(outside(camera("r1", 20_000, "B1234XYZ", 0.8)));
      harness.processElement2(outside(camera("r2", 25_000, "B1234XYZ", 0.8)));
      harness.processElement2(outside(camera("r3", 15_000, "B1234XYZ", 0.8)));
      harness.processElement2(outside(camera("r4", 30_001, "B1234XYZ", 0.8)));
      harness.processElement2(outside(camera("r5", 9_999, "B1234XYZ", 0.8)));
      assertThat(told(harness))
          .containsExactly(
              "@anpr:r1 STANDING B1234XYZ revision 0 of 1",
              "@anpr:r1 STANDING B1234XYZ revision 0 of 2",
              "@anpr:r1 STANDING B1234XYZ revision 0 of 3",
              "@anpr:r4 STANDING B1234XYZ revision 0 of 1",
              "@anpr:r5 STANDING B1234XYZ revision 0 of 1");
    }
  }

  @Test
  void aVehicleCountsAsInViewForTenSecondsAfterItsCapture() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.setProcessingTime(Reads.START.toEpochMilli() + 10_000);
      harness.processElement2(outside(camera("r1", 0, "B1234XYZ", 0.8)));
      harness.processElement2(outside(camera("r2", -1, "D9999XYZ", 0.8)));
      assertThat(harness.extractOutputValues())
          .extracting(update -> update.pass().plateText(), PassUpdate::inView)
          .containsExactly(tuple("B1234XYZ", true), tuple("D9999XYZ", false));
    }
  }

  @Test
  void repeatsOfACameraAreOnePassWithTheSurerText() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.setProcessingTime(0);
      harness.processElement2(outside(camera("r1", 0, "B1234XYZ", 0.8)));
      harness.processElement2(outside(camera("r2", 4_000, "81234XYZ", 0.7)));
      harness.processElement2(outside(camera("r3", 8_000, "81234XYZ", 0.9)));
      harness.processElement2(outside(camera("r2", 4_000, "81234XYZ", 0.7)));
      // Another plate, and the same one too long after.
      harness.processElement2(outside(camera("r4", 9_000, "B9999XYZ", 0.9)));
      harness.processElement2(outside(camera("r5", 13_001, "B1234XYZ", 0.9)));
      // Late, but of the same moment.
      harness.setProcessingTime(30_000);
      harness.processElement2(outside(camera("r6", 7_000, "B1234XYZ", 0.95)));
      assertThat(told(harness))
          .containsExactly(
              "@anpr:r1 STANDING B1234XYZ revision 0 of 1",
              "@anpr:r1 STANDING B1234XYZ revision 0 of 2",
              "@anpr:r1 STANDING 81234XYZ revision 1 of 3",
              "@anpr:r4 STANDING B9999XYZ revision 0 of 1",
              "@anpr:r5 STANDING B1234XYZ revision 0 of 1",
              "@anpr:r1 FINISHED 81234XYZ revision 1 of 3",
              "@anpr:r5 FINISHED B1234XYZ revision 0 of 1",
              "@anpr:r4 FINISHED B9999XYZ revision 0 of 1",
              "@anpr:r1 FINISHED B1234XYZ revision 2 of 4");
    }
  }

  @Test
  void repeatsAreJoinedAcrossARestore() throws Exception {
    OperatorSubtaskState kept;
    try (var harness = harness()) {
      harness.open();
      harness.processElement2(outside(camera("r1", 0, "B1234XYZ", 0.8)));
      kept = harness.snapshot(1, 1);
    }
    try (var harness = harness()) {
      harness.initializeState(kept);
      harness.open();
      harness.processElement2(outside(camera("r2", 1_000, "B1234XYZ", 0.8)));
      assertThat(told(harness)).containsExactly("@anpr:r1 STANDING B1234XYZ revision 0 of 2");
    }
  }

  @Test
  void uploadsAreNeverJoined() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement2(outside(Reads.read("r1", ReadKind.UPLOAD, 0, "B1234XYZ", 0.8)));
      harness.processElement2(outside(Reads.read("r2", ReadKind.UPLOAD, 0, "B1234XYZ", 0.8)));
      assertThat(told(harness))
          .containsExactly(
              "@anpr:r1 FINISHED B1234XYZ revision 0 of 1",
              "@anpr:r2 FINISHED B1234XYZ revision 0 of 1");
      harness.setProcessingTime(Duration.ofDays(8).toMillis());
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void readsOfOthersLeaveAPassOfACameraAlone() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement1(new StreamRecord<>(update(pass("p1", "B1234XVZ"), Stage.FINISHED)));
      harness.processElement2(outside(camera("p1", 0, "B1234XVZ", 0.9)));
      harness.setProcessingTime(3_600_000);
      harness.processElement2(answered(answer("p1", "B1234XYZ")));
      assertThat(told(harness))
          .containsExactly(
              "p1 STANDING B1234XVZ revision 0 of 20",
              "@anpr:p1 STANDING B1234XVZ revision 0 of 1",
              "@anpr:p1 FINISHED B1234XVZ revision 0 of 1",
              "p1 FINISHED B1234XYZ revision 1 of 20");
    }
  }

  private static OutsideRead camera(String recordId, int atMillis, String text, double score) {
    return Reads.read(recordId, ReadKind.CAMERA, atMillis, text, score);
  }

  private static StreamRecord<Either<ReadAnswer, OutsideRead>> outside(OutsideRead read) {
    return new StreamRecord<>(Either.Right(read));
  }

  private static List<String> told(
      KeyedTwoInputStreamOperatorTestHarness<
              String, PassUpdate, Either<ReadAnswer, OutsideRead>, PassUpdate>
          harness) {
    return harness.extractOutputValues().stream()
        .map(
            update ->
                "%s %s %s revision %d of %d"
                    .formatted(
                        update.pass().passId(),
                        update.stage(),
                        update.pass().plateText(),
                        update.pass().revision(),
                        update.pass().seen().frames()))
        .toList();
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
        new KeyedCoProcessOperator<>(new ResolveFunction(Reads.CONFIG)),
        update -> update.pass().cameraId(),
        input -> input.isLeft() ? input.left().cameraId() : input.right().pass().cameraId(),
        Types.STRING);
  }
}
