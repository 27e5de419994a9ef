package io.plateflow.jobs.enrich;

import static io.plateflow.jobs.TestFrames.pass;
import static io.plateflow.jobs.TestFrames.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.corrections.CorrectionArchive;
import io.plateflow.clients.corrections.RecordedPass;
import io.plateflow.clients.evidence.EvidenceWriters;
import io.plateflow.clients.evidence.PictureStore;
import io.plateflow.clients.lists.EntryChange;
import io.plateflow.clients.lists.ListChange;
import io.plateflow.clients.lists.ListRecord;
import io.plateflow.clients.lists.ListRejection;
import io.plateflow.clients.lists.PlateStatusEntry;
import io.plateflow.clients.testing.TestCorrections;
import io.plateflow.jobs.StateFile;
import io.plateflow.jobs.corrections.CorrectionCase;
import io.plateflow.jobs.evidence.EvidenceMetrics;
import io.plateflow.jobs.pass.AccessConfig;
import io.plateflow.jobs.pass.GatePass;
import io.plateflow.jobs.pass.GateReport;
import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.PassUpdate.Stage;
import io.plateflow.jobs.pass.SideOutputs;
import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.corrections.Correction;
import io.plateflow.schemas.corrections.CorrectionKind;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListEntry;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.lists.ListMeaning;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.Evidence;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.PlateStatus;
import io.plateflow.schemas.status.StatusMatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.types.Either;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class EnrichFunctionTest {

  private static final PlateStatus BLACK =
      new PlateStatus("B1234XYZ", PlateListType.BLACKLIST, 1, Instant.EPOCH);

  private static final AccessList STAFF =
      new AccessList(
          "staff",
          "Staff",
          ListMeaning.ALLOW,
          null,
          null,
          null,
          null,
          1,
          Instant.EPOCH,
          null,
          false);

  @Test
  void goesOnFromTheStateOfARelease() throws Exception {
    OperatorSubtaskState kept =
        StateFile.kept(
            "enrich-v0.bin",
            () -> {
              try (var harness = harness(List.of())) {
                harness.open();
                harness.processElement2(list(new PlateStatusEntry(BLACK)));
                harness.processElement1(
                    new StreamRecord<>(update(pass("p1", "B1234XYZ"), Stage.PROVISIONAL)));
                return harness.snapshot(1, 1);
              }
            });
    try (var harness = harness(List.of())) {
      harness.initializeState(kept);
      harness.open();
      harness.processElement1(new StreamRecord<>(update(pass("p1", "B1234XYZ"), Stage.FINISHED)));
      assertThat(alerts(harness))
          .singleElement()
          .satisfies(
              alert -> {
                assertThat(alert.revision()).isEqualTo(1);
                assertThat(alert.state()).isEqualTo(Alert.State.CONFIRMED);
              });
      assertThat(harness.extractOutputValues().get(0).match().listedPlate()).isEqualTo("B1234XYZ");
    }
  }

  /** Written when named lists and access decisions had come. */
  @Test
  void listsAndWhatGatesWereToldAreThereFromTheStateOfARelease() throws Exception {
    OperatorSubtaskState kept =
        StateFile.kept(
            "enrich-v1.bin",
            () -> {
              try (var harness = harness(List.of())) {
                harness.open();
                harness.processElement2(list(new PlateStatusEntry(BLACK)));
                harness.processElement2(list(new ListChange(STAFF)));
                harness.processElement2(list(new EntryChange(entry("B 12*", null, 5, false))));
                for (String plate : List.of("B1299KLM", "B1234XYZ")) {
                  harness.processElement1(
                      new StreamRecord<>(
                          update(atEntry(pass("p-" + plate, plate)), Stage.PROVISIONAL)));
                }
                harness.processElement1(
                    new StreamRecord<>(update(pass("p-written", "B1234XYZ"), Stage.STANDING)));
                return harness.snapshot(1, 1);
              }
            });
    try (var harness = harness(List.of())) {
      harness.initializeState(kept);
      harness.open();
      // Older than the entry in the state.
      harness.processElement2(list(new EntryChange(entry("B 12*", null, 4, true))));
      for (String plate : List.of("B1299KLM", "B1234XYZ")) {
        harness.processElement1(
            new StreamRecord<>(update(atEntry(pass("p-" + plate, plate)), Stage.PROVISIONAL)));
      }
      assertThat(access(harness)).as("told before").isEmpty();
      assertThat(alerts(harness)).as("raised before").isEmpty();

      harness.processElement2(list(new EntryChange(entry("B 12*", null, 6, true))));
      assertThat(access(harness))
          .extracting(AccessDecision::accessId, AccessDecision::revision, AccessDecision::outcome)
          .contains(Tuple.tuple("p-B1299KLM", 1, AccessDecision.Outcome.UNKNOWN));
      harness.processElement1(
          new StreamRecord<>(update(atEntry(pass("p-B1299KLM", "B1299KLM")), Stage.FINISHED)));
      harness.processElement1(
          new StreamRecord<>(update(atEntry(pass("p-B1234XYZ", "B1234XYZ")), Stage.FINISHED)));
      harness.processElement1(
          new StreamRecord<>(update(pass("p-written", "B1234XYZ"), Stage.FINISHED)));
      assertThat(harness.extractOutputValues())
          .extracting(VehiclePass::passId)
          .as("one was written before")
          .containsExactly("p-B1299KLM", "p-B1234XYZ");
      assertThat(harness.numKeyedStateEntries()).isOne();
    }
  }

  @Test
  void alertsOnceForAProvisionalPassAndLeavesNoStateBehind() throws Exception {
    try (var harness = harness(List.of())) {
      harness.open();
      harness.processElement2(list(new PlateStatusEntry(BLACK)));
      harness.processElement1(
          new StreamRecord<>(update(pass("p1", "B1234XYZ"), Stage.PROVISIONAL)));
      harness.processElement1(
          new StreamRecord<>(update(pass("p1", "B1234XYZ"), Stage.PROVISIONAL)));
      assertThat(alerts(harness)).extracting(Alert::state).containsExactly(Alert.State.PROVISIONAL);
      assertThat(harness.extractOutputValues()).isEmpty();

      harness.processElement1(new StreamRecord<>(update(pass("p1", "B1234XYZ"), Stage.FINISHED)));
      assertThat(alerts(harness))
          .extracting(Alert::state)
          .containsExactly(Alert.State.PROVISIONAL, Alert.State.CONFIRMED);
      List<VehiclePass> passes = harness.extractOutputValues();
      assertThat(passes).hasSize(1);
      assertThat(passes.get(0).match().type()).isEqualTo(PlateListType.BLACKLIST);
      // For a while it may still be corrected.
      assertThat(harness.numKeyedStateEntries()).isOne();
    }
  }

  @Test
  void theListAtTheStartCountsForTheFirstPass() throws Exception {
    try (var harness = harness(List.of(new PlateStatusEntry(BLACK)))) {
      harness.open();
      harness.processElement1(new StreamRecord<>(update(pass("p1", "B1234XYZ"), Stage.FINISHED)));
      assertThat(alerts(harness)).hasSize(1);
    }
  }

  @Test
  void anAnswerThatChangesThePlateWritesThePassAgainAndCorrectsItsAlert() throws Exception {
    try (var harness = harness(List.of(new PlateStatusEntry(BLACK)))) {
      harness.open();
      harness.processElement1(new StreamRecord<>(update(pass("p1", "B1234XYZ"), Stage.STANDING)));
      harness.processElement1(new StreamRecord<>(update(pass("p1", "B1234XVZ"), Stage.FINISHED)));
      assertThat(harness.extractOutputValues())
          .extracting(pass -> pass.plate().text())
          .containsExactly("B1234XYZ", "B1234XVZ");
      assertThat(alerts(harness)).extracting(Alert::revision).containsExactly(0, 1);
      assertThat(harness.numKeyedStateEntries()).isOne();
    }
  }

  @Test
  void anAnswerThatChangesNothingWritesNothing() throws Exception {
    try (var harness = harness(List.of(new PlateStatusEntry(BLACK)))) {
      harness.open();
      harness.processElement1(new StreamRecord<>(update(pass("p1", "B1234XYZ"), Stage.STANDING)));
      harness.processElement1(new StreamRecord<>(update(pass("p1", "B1234XYZ"), Stage.FINISHED)));
      assertThat(harness.extractOutputValues()).hasSize(1);
      assertThat(alerts(harness)).hasSize(1);
      assertThat(harness.numKeyedStateEntries()).isOne();
    }
  }

  @Test
  void thePassThatWasPartOfAnotherOneTakesItsAlertBack() throws Exception {
    try (var harness = harness(List.of(new PlateStatusEntry(BLACK)))) {
      harness.open();
      harness.processElement1(
          new StreamRecord<>(update(pass("p1", "B1234XYZ"), Stage.PROVISIONAL)));
      harness.processElement1(new StreamRecord<>(update(pass("p1", "B1234XYZ"), Stage.ABSORBED)));
      assertThat(alerts(harness))
          .extracting(Alert::state)
          .containsExactly(Alert.State.PROVISIONAL, Alert.State.WITHDRAWN);
      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void aNewEntryAlsoAppliesToAVehicleOnSite() throws Exception {
    try (var harness = harness(List.of())) {
      harness.open();
      harness.processElement1(
          new StreamRecord<>(update(pass("p1", "B1234XYZ"), Stage.PROVISIONAL)));
      assertThat(alerts(harness)).isEmpty();
      harness.processElement2(list(new PlateStatusEntry(BLACK)));
      assertThat(alerts(harness)).extracting(Alert::alertId).containsExactly("p1");
      harness.processElement2(
          list(new PlateStatusEntry(new PlateStatus("B1234XYZ", null, 2, Instant.EPOCH))));
      assertThat(alerts(harness))
          .extracting(Alert::state)
          .containsExactly(Alert.State.PROVISIONAL, Alert.State.WITHDRAWN);
    }
  }

  @Test
  void theListIsThereAfterARestore() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = harness(List.of())) {
      harness.open();
      harness.processElement2(list(new PlateStatusEntry(BLACK)));
      harness.processElement1(
          new StreamRecord<>(update(pass("p1", "B1234XYZ"), Stage.PROVISIONAL)));
      snapshot = harness.snapshot(1, 1);
    }
    try (var harness = harness(List.of())) {
      harness.initializeState(snapshot);
      harness.open();
      harness.processElement1(new StreamRecord<>(update(pass("p1", "B1234XYZ"), Stage.FINISHED)));
      assertThat(alerts(harness)).extracting(Alert::revision).containsExactly(1);
      assertThat(harness.extractOutputValues().get(0).match()).isNotNull();
    }
  }

  @Test
  void aMalformedEntryIsRejectedAndTheStreamGoesOn() throws Exception {
    try (var harness = harness(List.of())) {
      harness.open();
      RejectedRecord bad =
          new RejectedRecord("plateflow.plate-status-0", 7, "plate-status", "junk", Instant.EPOCH);
      harness.processElement2(list(new ListRejection(bad)));
      harness.processElement1(new StreamRecord<>(update(pass("p1", "B1234XYZ"), Stage.FINISHED)));
      assertThat(harness.getSideOutput(SideOutputs.REJECTED))
          .extracting(StreamRecord::getValue)
          .containsExactly(bad);
      assertThat(harness.extractOutputValues()).hasSize(1);
    }
  }

  @Test
  void aGateIsToldOnceTheReadAgreesAndAgainWhenTheListChanges() throws Exception {
    try (var harness = harness(List.of(new ListChange(STAFF)))) {
      harness.open();
      harness.processElement1(
          new StreamRecord<>(update(atEntry(pass("p1", "B1234XYZ")), Stage.PROVISIONAL)));
      assertThat(access(harness))
          .extracting(AccessDecision::outcome)
          .containsExactly(AccessDecision.Outcome.UNKNOWN);

      harness.processElement2(list(new EntryChange(entry("B 12*", null, 1, false))));
      // Not by the list alone: by the next frame that shows the vehicle.
      assertThat(access(harness))
          .extracting(AccessDecision::outcome)
          .doesNotContain(AccessDecision.Outcome.GRANTED);
      harness.processElement1(
          new StreamRecord<>(update(atEntry(pass("p1", "B1234XYZ")), Stage.PROVISIONAL)));
      assertThat(access(harness))
          .extracting(AccessDecision::outcome, AccessDecision::reason)
          .endsWith(Tuple.tuple(AccessDecision.Outcome.GRANTED, AccessDecision.Reason.LISTED));

      harness.processElement2(list(new EntryChange(entry("B 12*", null, 2, true))));
      assertThat(access(harness))
          .extracting(AccessDecision::outcome)
          .endsWith(AccessDecision.Outcome.UNKNOWN);
      harness.processElement1(
          new StreamRecord<>(update(atEntry(pass("p1", "B1234XYZ")), Stage.FINISHED)));
      assertThat(harness.numKeyedStateEntries()).isOne();
    }
  }

  @Test
  void namedListsAreThereAfterARestore() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = harness(List.of())) {
      harness.open();
      harness.processElement2(list(new ListChange(STAFF)));
      harness.processElement2(list(new EntryChange(entry("B1234XYZ", null, 1, false))));
      snapshot = harness.snapshot(1, 1);
    }
    try (var harness = harness(List.of())) {
      harness.initializeState(snapshot);
      harness.open();
      harness.processElement1(
          new StreamRecord<>(update(atEntry(pass("p1", "B1234XYZ")), Stage.PROVISIONAL)));
      assertThat(access(harness))
          .extracting(AccessDecision::outcome)
          .containsExactly(AccessDecision.Outcome.GRANTED);
      harness.processElement1(
          new StreamRecord<>(update(atEntry(pass("p1", "B1234XYZ")), Stage.FINISHED)));
      assertThat(harness.extractOutputValues().get(0).matches())
          .extracting(ListMatch::listId)
          .containsExactly("staff");
    }
  }

  @Test
  void aCorrectionOfAPassInViewRaisesWhatAReadWouldHaveRaised() throws Exception {
    try (var harness = harness(List.of(new PlateStatusEntry(BLACK)))) {
      harness.open();
      VehiclePass pass = pass("p1", "B1284XYZ");
      harness.processElement1(new StreamRecord<>(update(pass, Stage.PROVISIONAL)));
      harness.processElement2(
          correction(TestCorrections.plate("c1", "p1", "B1234XYZ", soon(pass)), null));
      assertThat(alerts(harness)).extracting(Alert::plate).containsExactly("B1234XYZ");
      assertThat(harness.extractOutputValues()).isEmpty();

      harness.processElement1(new StreamRecord<>(update(pass, Stage.FINISHED)));
      assertThat(harness.extractOutputValues())
          .singleElement()
          .satisfies(
              told -> {
                assertThat(told.plateText()).isEqualTo("B1234XYZ");
                assertThat(told.asRead().plateText()).isEqualTo("B1284XYZ");
                assertThat(told.match().listedPlate()).isEqualTo("B1234XYZ");
                assertThat(told.revision()).isEqualTo(pass.revision() + 1);
              });
      assertThat(alerts(harness))
          .extracting(Alert::state)
          .containsExactly(Alert.State.PROVISIONAL, Alert.State.CONFIRMED);
    }
  }

  @Test
  void aGateOpensForAPlateThatAPersonSaidOnlyOnceAFrameShowsTheVehicle() throws Exception {
    try (var harness =
        harness(
            List.of(new ListChange(STAFF), new EntryChange(entry("B1234XYZ", null, 1, false))))) {
      harness.open();
      VehiclePass pass = atEntry(pass("p1", "B1284XYZ"));
      harness.processElement1(new StreamRecord<>(update(pass, Stage.PROVISIONAL)));
      harness.processElement2(
          correction(TestCorrections.plate("c1", "p1", "B1234XYZ", soon(pass)), null));
      assertThat(access(harness))
          .extracting(AccessDecision::outcome)
          .doesNotContain(AccessDecision.Outcome.GRANTED);
      harness.processElement1(new StreamRecord<>(update(pass, Stage.PROVISIONAL)));
      assertThat(access(harness))
          .last()
          .extracting(AccessDecision::outcome)
          .isEqualTo(AccessDecision.Outcome.GRANTED);
    }
  }

  @Test
  void aCorrectionOfAPassThatJustEndedTellsEverythingAnew() throws Exception {
    try (var harness = harness(List.of(new PlateStatusEntry(BLACK)))) {
      harness.open();
      VehiclePass pass = atEntry(pass("p1", "F999ABC"));
      harness.processElement1(new StreamRecord<>(update(pass, Stage.FINISHED)));
      harness.processElement2(
          correction(TestCorrections.plate("c1", "p1", "B1234XYZ", soon(pass)), null));
      assertThat(alerts(harness)).extracting(Alert::state).containsExactly(Alert.State.CONFIRMED);
      assertThat(access(harness))
          .last()
          .extracting(AccessDecision::outcome)
          .isEqualTo(AccessDecision.Outcome.DENIED);
      assertThat(harness.extractOutputValues())
          .extracting(VehiclePass::plateText)
          .containsExactly("F999ABC", "B1234XYZ");
      assertThat(atGates(harness))
          .extracting(GatePass::plate, GatePass::retracted)
          .containsExactlyInAnyOrder(
              Tuple.tuple("F999ABC", false),
              Tuple.tuple("F999ABC", true),
              Tuple.tuple("B1234XYZ", false));

      // Back again, by a later correction.
      harness.processElement2(
          correction(
              TestCorrections.plate("c2", "p1", "F999ABC", soon(pass).plusSeconds(1)), null));
      assertThat(alerts(harness)).last().extracting(Alert::state).isEqualTo(Alert.State.WITHDRAWN);
      assertThat(harness.extractOutputValues())
          .last()
          .extracting(VehiclePass::revision)
          .isEqualTo(2);
    }
  }

  @Test
  void aLateCorrectionRevisesAndBeginsNothing() throws Exception {
    try (var harness =
        harness(
            List.of(
                new PlateStatusEntry(BLACK),
                new PlateStatusEntry(
                    new PlateStatus("F1", PlateListType.BLACKLIST, 1, Instant.EPOCH))))) {
      harness.open();
      VehiclePass old = atEntry(pass("p1", "F999ABC"));
      VehiclePass told = atEntry(pass("p2", "F1"));
      Alert alert =
          new Alert(
              4,
              Alert.State.CONFIRMED,
              new StatusMatch("F1", PlateListType.BLACKLIST, 0, 0.6),
              Instant.EPOCH,
              told,
              List.of());
      Instant days = old.seen().last().plusSeconds(2 * 86400);
      harness.processElement2(
          correction(
              TestCorrections.plate("c1", "p1", "B1234XYZ", days),
              new RecordedPass(old, null, null, List.of(), List.of())));
      assertThat(alerts(harness)).isEmpty();
      assertThat(access(harness)).isEmpty();
      assertThat(harness.extractOutputValues())
          .singleElement()
          .satisfies(pass -> assertThat(pass.match().listedPlate()).isEqualTo("B1234XYZ"));

      harness.processElement2(
          correction(
              TestCorrections.plate("c2", "p2", "F2", days),
              new RecordedPass(told, alert, null, List.of(), List.of())));
      assertThat(alerts(harness))
          .extracting(Alert::revision, Alert::state)
          .containsExactly(Tuple.tuple(5, Alert.State.WITHDRAWN));
      // The rows may not say so yet when the next one is looked up.
      harness.processElement2(
          correction(
              TestCorrections.plate("c3", "p2", "F1", days.plusSeconds(1)),
              new RecordedPass(told, alert, null, List.of(), List.of())));
      assertThat(alerts(harness)).last().extracting(Alert::revision).isEqualTo(6);
    }
  }

  @Test
  void aPassCorrectedToAPlateOfNoListLosesThePictureOfThePlateUnlessItIsHeld() throws Exception {
    List<String> deleted = new CopyOnWriteArrayList<>();
    PictureStore store = deletions(deleted);
    Evidence stored = new Evidence("frame", "vehicle", "plate");
    VehiclePass read = pass("p1", "B1234XYZ").withEvidence(stored);
    for (List<String> heldBy : List.of(List.of("police"), List.<String>of())) {
      try (var harness = harness(List.of(new PlateStatusEntry(BLACK)), List.of(), store)) {
        harness.open();
        harness.processElement2(
            correction(
                TestCorrections.plate("c1", "p1", "F999ABC", soon(read)),
                new RecordedPass(read, null, null, heldBy, List.of())));
        harness.snapshot(1, 1);
        assertThat(harness.extractOutputValues())
            .extracting(VehiclePass::evidence)
            .containsExactly(heldBy.isEmpty() ? stored.withoutPlate() : stored);
        assertThat(harness.extractOutputValues())
            .extracting(told -> told.asRead().listed())
            .containsExactly(true);
      }
      assertThat(deleted).isEqualTo(heldBy.isEmpty() ? List.of("plate") : List.of());
    }
  }

  @Test
  void aReplayAndALateAnswerChangeNothingAboutIt() throws Exception {
    VehiclePass pass = atEntry(pass("p1", "F999ABC"));
    Correction known = TestCorrections.plate("c1", "p1", "B1284XYZ", soon(pass));
    try (var harness = harness(List.of(new PlateStatusEntry(BLACK)), List.of(known))) {
      harness.open();
      harness.processElement1(new StreamRecord<>(update(pass, Stage.STANDING)));
      harness.processElement1(
          new StreamRecord<>(
              update(pass.corrected(pass.plate().withText("B1234XYZ")), Stage.FINISHED)));
      assertThat(harness.extractOutputValues())
          .extracting(VehiclePass::plateText, told -> told.asRead().plateText())
          .containsExactly(Tuple.tuple("B1284XYZ", "F999ABC"), Tuple.tuple("B1284XYZ", "B1234XYZ"));
      assertThat(alerts(harness)).isEmpty();
    }
  }

  @Test
  void ofADeletedPassNothingIsToldAnyMore() throws Exception {
    try (var harness = harness(List.of(new PlateStatusEntry(BLACK)))) {
      harness.open();
      VehiclePass pass = atEntry(pass("p1", "B1234XYZ"));
      harness.processElement1(new StreamRecord<>(update(pass, Stage.FINISHED)));
      harness.processElement2(
          correction(
              TestCorrections.correction("c1", CorrectionKind.DELETE, "p1", null, soon(pass)),
              null));
      assertThat(alerts(harness)).last().extracting(Alert::state).isEqualTo(Alert.State.WITHDRAWN);
      assertThat(access(harness))
          .last()
          .extracting(AccessDecision::reason)
          .isEqualTo(AccessDecision.Reason.REMOVED);
      assertThat(atGates(harness)).last().extracting(GatePass::retracted).isEqualTo(true);
      int alerts = alerts(harness).size();
      harness.processElement1(new StreamRecord<>(update(pass, Stage.FINISHED)));
      assertThat(harness.extractOutputValues()).hasSize(1);
      assertThat(alerts(harness)).hasSize(alerts);
    }
  }

  private static Instant soon(VehiclePass pass) {
    return pass.seen().last().plusSeconds(60);
  }

  private static VehiclePass atEntry(VehiclePass pass) {
    Place entry = new Place("cam-1", "North", GateType.ENTRY, "Europe/Berlin", "garage");
    return new VehiclePass(
        pass.passId(),
        pass.revision(),
        entry,
        pass.seen(),
        pass.frame(),
        pass.pairing(),
        pass.vehicle(),
        pass.plate(),
        pass.match(),
        pass.evidence(),
        pass.direction(),
        pass.matches());
  }

  private static ListEntry entry(String pattern, Instant from, long version, boolean removed) {
    return new ListEntry(
        "e1",
        "staff",
        pattern,
        false,
        null,
        null,
        List.of(),
        List.of(),
        null,
        from,
        null,
        version,
        Instant.EPOCH,
        null,
        removed);
  }

  private static List<AccessDecision> access(
      KeyedTwoInputStreamOperatorTestHarness<
              String, PassUpdate, Either<ListRecord, CorrectionCase>, VehiclePass>
          harness) {
    Queue<StreamRecord<AccessDecision>> told = harness.getSideOutput(SideOutputs.ACCESS);
    return told == null ? List.of() : told.stream().map(StreamRecord::getValue).toList();
  }

  private static List<Alert> alerts(
      KeyedTwoInputStreamOperatorTestHarness<
              String, PassUpdate, Either<ListRecord, CorrectionCase>, VehiclePass>
          harness) {
    Queue<StreamRecord<Alert>> raised = harness.getSideOutput(SideOutputs.ALERTS);
    return raised == null ? List.of() : raised.stream().map(StreamRecord::getValue).toList();
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, PassUpdate, Either<ListRecord, CorrectionCase>, VehiclePass>
      harness(List<ListRecord> atStart) throws Exception {
    return harness(atStart, List.of());
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, PassUpdate, Either<ListRecord, CorrectionCase>, VehiclePass>
      harness(List<ListRecord> atStart, List<Correction> known) throws Exception {
    return harness(atStart, known, null);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, PassUpdate, Either<ListRecord, CorrectionCase>, VehiclePass>
      harness(List<ListRecord> atStart, List<Correction> known, PictureStore store)
          throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new CoBroadcastWithKeyedOperator<>(
            new EnrichFunction(
                0.6,
                AccessConfig.DEFAULT,
                () -> atStart,
                () -> archive(known),
                metrics ->
                    store == null
                        ? null
                        : new EvidenceWriters(store, 1, 10, new EvidenceMetrics(metrics)),
                Duration.ZERO),
            List.of(EnrichFunction.broadcastState())),
        update -> update.pass().cameraId(),
        null,
        Types.STRING);
  }

  private static StreamRecord<Either<ListRecord, CorrectionCase>> list(ListRecord record) {
    return new StreamRecord<>(Either.Left(record));
  }

  private static StreamRecord<Either<ListRecord, CorrectionCase>> correction(
      Correction correction, RecordedPass recorded) {
    return new StreamRecord<>(Either.Right(new CorrectionCase(correction, recorded, null)));
  }

  /** A folder of pictures that notes which are deleted. */
  private static PictureStore deletions(List<String> deleted) {
    return new PictureStore() {
      @Override
      public void write(String path, byte[] picture) {
        throw new AssertionError("nothing is written here");
      }

      @Override
      public void delete(String path) {
        deleted.add(path);
      }

      @Override
      public void touch(String path) {
        throw new AssertionError("nothing is touched here");
      }
    };
  }

  /** Tables that know of corrections and of no pass. */
  private static CorrectionArchive archive(List<Correction> known) {
    return new CorrectionArchive() {
      @Override
      public List<Correction> all() {
        return known;
      }

      @Override
      public RecordedPass find(Correction correction) {
        return null;
      }

      @Override
      public String plateOf(String passId) {
        return null;
      }

      @Override
      public void close() {
        // There is nothing to close.
      }
    };
  }

  private static List<GatePass> atGates(
      KeyedTwoInputStreamOperatorTestHarness<
              String, PassUpdate, Either<ListRecord, CorrectionCase>, VehiclePass>
          harness) {
    Queue<StreamRecord<GateReport>> told = harness.getSideOutput(SideOutputs.GATE_PASSES);
    return told == null
        ? List.of()
        : told.stream().flatMap(report -> report.getValue().passes().stream()).toList();
  }
}
