package io.plateflow.jobs.enrich;

import static io.plateflow.jobs.TestFrames.pass;
import static io.plateflow.jobs.TestFrames.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.lists.EntryChange;
import io.plateflow.clients.lists.ListChange;
import io.plateflow.clients.lists.ListRecord;
import io.plateflow.clients.lists.ListRejection;
import io.plateflow.clients.lists.PlateStatusEntry;
import io.plateflow.jobs.StateFile;
import io.plateflow.jobs.pass.AccessConfig;
import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.PassUpdate.Stage;
import io.plateflow.jobs.pass.SideOutputs;
import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListEntry;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.lists.ListMeaning;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.PlateStatus;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
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
                harness.processElement2(new StreamRecord<>(new PlateStatusEntry(BLACK)));
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
                harness.processElement2(new StreamRecord<>(new PlateStatusEntry(BLACK)));
                harness.processElement2(new StreamRecord<>(new ListChange(STAFF)));
                harness.processElement2(
                    new StreamRecord<>(new EntryChange(entry("B 12*", null, 5, false))));
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
      harness.processElement2(new StreamRecord<>(new EntryChange(entry("B 12*", null, 4, true))));
      for (String plate : List.of("B1299KLM", "B1234XYZ")) {
        harness.processElement1(
            new StreamRecord<>(update(atEntry(pass("p-" + plate, plate)), Stage.PROVISIONAL)));
      }
      assertThat(access(harness)).as("told before").isEmpty();
      assertThat(alerts(harness)).as("raised before").isEmpty();

      harness.processElement2(new StreamRecord<>(new EntryChange(entry("B 12*", null, 6, true))));
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
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void alertsOnceForAProvisionalPassAndLeavesNoStateBehind() throws Exception {
    try (var harness = harness(List.of())) {
      harness.open();
      harness.processElement2(new StreamRecord<>(new PlateStatusEntry(BLACK)));
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
      assertThat(harness.numKeyedStateEntries()).isZero();
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
      assertThat(harness.numKeyedStateEntries()).isZero();
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
      assertThat(harness.numKeyedStateEntries()).isZero();
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
      harness.processElement2(new StreamRecord<>(new PlateStatusEntry(BLACK)));
      assertThat(alerts(harness)).extracting(Alert::alertId).containsExactly("p1");
      harness.processElement2(
          new StreamRecord<>(
              new PlateStatusEntry(new PlateStatus("B1234XYZ", null, 2, Instant.EPOCH))));
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
      harness.processElement2(new StreamRecord<>(new PlateStatusEntry(BLACK)));
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
      harness.processElement2(new StreamRecord<>(new ListRejection(bad)));
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

      harness.processElement2(new StreamRecord<>(new EntryChange(entry("B 12*", null, 1, false))));
      // Not by the list alone: by the next frame that shows the vehicle.
      assertThat(access(harness))
          .extracting(AccessDecision::outcome)
          .doesNotContain(AccessDecision.Outcome.GRANTED);
      harness.processElement1(
          new StreamRecord<>(update(atEntry(pass("p1", "B1234XYZ")), Stage.PROVISIONAL)));
      assertThat(access(harness))
          .extracting(AccessDecision::outcome, AccessDecision::reason)
          .endsWith(Tuple.tuple(AccessDecision.Outcome.GRANTED, AccessDecision.Reason.LISTED));

      harness.processElement2(new StreamRecord<>(new EntryChange(entry("B 12*", null, 2, true))));
      assertThat(access(harness))
          .extracting(AccessDecision::outcome)
          .endsWith(AccessDecision.Outcome.UNKNOWN);
      harness.processElement1(
          new StreamRecord<>(update(atEntry(pass("p1", "B1234XYZ")), Stage.FINISHED)));
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void namedListsAreThereAfterARestore() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = harness(List.of())) {
      harness.open();
      harness.processElement2(new StreamRecord<>(new ListChange(STAFF)));
      harness.processElement2(
          new StreamRecord<>(new EntryChange(entry("B1234XYZ", null, 1, false))));
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
      KeyedTwoInputStreamOperatorTestHarness<String, PassUpdate, ListRecord, VehiclePass> harness) {
    Queue<StreamRecord<AccessDecision>> told = harness.getSideOutput(SideOutputs.ACCESS);
    return told == null ? List.of() : told.stream().map(StreamRecord::getValue).toList();
  }

  private static List<Alert> alerts(
      KeyedTwoInputStreamOperatorTestHarness<String, PassUpdate, ListRecord, VehiclePass> harness) {
    Queue<StreamRecord<Alert>> raised = harness.getSideOutput(SideOutputs.ALERTS);
    return raised == null ? List.of() : raised.stream().map(StreamRecord::getValue).toList();
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, PassUpdate, ListRecord, VehiclePass>
      harness(List<ListRecord> atStart) throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new CoBroadcastWithKeyedOperator<>(
            new EnrichFunction(0.6, AccessConfig.DEFAULT, () -> atStart, metrics -> null),
            List.of(EnrichFunction.broadcastState())),
        update -> update.pass().cameraId(),
        null,
        Types.STRING);
  }
}
