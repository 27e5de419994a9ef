package io.plateflow.jobs.privacy;

import static io.plateflow.jobs.TestFrames.START;
import static io.plateflow.jobs.TestFrames.camera;
import static io.plateflow.jobs.TestFrames.listMatch;
import static io.plateflow.jobs.TestFrames.pass;
import static io.plateflow.jobs.TestFrames.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.lists.ListMeaning;
import io.plateflow.schemas.parking.GateEvent;
import io.plateflow.schemas.parking.ParkingVisit;
import io.plateflow.schemas.parking.VisitState;
import io.plateflow.schemas.parking.VisitUpdate;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.AsRead;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.PlateLook;
import io.plateflow.schemas.plate.RungRead;
import io.plateflow.schemas.rules.RuleAlert;
import io.plateflow.schemas.rules.RuleFacts;
import io.plateflow.schemas.rules.RuleTrigger;
import io.plateflow.schemas.status.StatusMatch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlatePseudonymizerTest {

  private static final ListMatch LISTED = listMatch(AccessList.WHITELIST, "B1234XYZ", 0);

  private final PlateHash hash =
      PlateHash.fromEnvironment(Map.of(PlateHash.KEY_VARIABLE, "k".repeat(32)));

  @Test
  void aPlateOnNoListKeepsOnlyWhatManyHaveInCommon() {
    VehiclePass hidden = PlatePseudonymizer.pass(pass("p1", "B1234XYZ"), hash);

    assertThat(hidden.toString()).doesNotContain("B1234XYZ", "B 1234 XYZ", "1234", "08.29");
    assertThat(hidden.plate().text()).isEqualTo(hash.of("B1234XYZ"));
    assertThat(hidden.plate().attributes().number()).isNull();
    assertThat(hidden.plate().attributes().date()).isNull();
    assertThat(hidden.plate().attributes().regionCode()).isEqualTo("B");
    assertThat(hidden.plate().attributes().type()).isEqualTo("private");
    assertThat(hidden.plate().agreeingReads()).isEqualTo(3);
    assertThat(hidden.passId()).isEqualTo("p1");
  }

  @Test
  void listedPlatesAndPassesWithoutAPlateAreAsTheyWere() {
    VehiclePass listed = pass("p1", "B1234XYZ").withMatches(List.of(LISTED));
    assertThat(PlatePseudonymizer.pass(listed, hash)).isEqualTo(listed);
    VehiclePass without = pass("p1", null);
    assertThat(PlatePseudonymizer.pass(without, hash)).isEqualTo(without);
  }

  @Test
  void aListedPlateThatWasReadStaysWhereItWasCorrectedSoThatThatCanBeTakenBack() {
    VehiclePass read = pass("p1", "B1234XYZ");
    AsRead before =
        new AsRead(0, read.place(), read.pairing(), read.vehicle(), read.plate(), true, START, "a");
    VehiclePass corrected = read.withPlate(read.plate().withText("F999ABC"));
    VehiclePass told = PlatePseudonymizer.pass(corrected.withAsRead(before), hash);
    assertThat(told.plateText()).isEqualTo(hash.of("F999ABC"));
    assertThat(told.asRead().plateText()).isEqualTo("B1234XYZ");

    VehiclePass unlisted =
        PlatePseudonymizer.pass(corrected.withAsRead(before.withListed(false)), hash);
    assertThat(unlisted.asRead().plateText()).isEqualTo(hash.of("B1234XYZ"));
  }

  @Test
  void platesThatAreToBeIgnoredAreHidden() {
    AccessList ignored =
        new AccessList("x", "X", ListMeaning.IGNORE, null, null, null, null, 1, START, null, false);
    VehiclePass hidden =
        PlatePseudonymizer.pass(
            pass("p1", "B1234XYZ").withMatches(List.of(listMatch(ignored, "B1234XYZ", 0))), hash);
    assertThat(hidden.toString()).doesNotContain("B1234XYZ");
  }

  @Test
  void aGateIsNotToldPlatesOfNoList() {
    VehiclePass unlisted = pass("p1", "B1234XYZ");
    AccessDecision unknown =
        new AccessDecision(
            0,
            AccessDecision.Outcome.UNKNOWN,
            AccessDecision.Reason.NOT_LISTED,
            START,
            START,
            unlisted);
    assertThat(PlatePseudonymizer.access(unknown, hash).toString()).doesNotContain("B1234XYZ");
    AccessDecision granted = unknown.withPass(unlisted.withMatches(List.of(LISTED)));
    assertThat(PlatePseudonymizer.access(granted, hash)).isEqualTo(granted);
  }

  @Test
  void whatWasTooUnsureForATextIsNotToldEither() {
    VehiclePass hidden = PlatePseudonymizer.pass(unsure("B1234XYZ"), hash);

    assertThat(hidden.plate().text()).isEmpty();
    assertThat(hidden.toString()).doesNotContain("B1234XYZ");
  }

  private static VehiclePass unsure(String read) {
    VehiclePass unread = pass("p1", "");
    PassPlate plate = unread.plate();
    return unread.withPlate(
        new PassPlate(
            "",
            plate.box(),
            plate.detectionScore(),
            0.1,
            1,
            0,
            "local",
            plate.attributes(),
            List.of(RungRead.of(read(read, 0.1))),
            null,
            List.of(new PlateLook(START, RungRead.of(read(read, 0.1))))));
  }

  @Test
  void aWithdrawnAlertDoesNotTellThePlateThatItIsAfterAll() {
    assertThat(PlatePseudonymizer.alert(alert(Alert.State.WITHDRAWN, "D999A"), hash).plate())
        .isEqualTo(hash.of("D999A"));
    assertThat(PlatePseudonymizer.alert(alert(Alert.State.WITHDRAWN, ""), hash).plate()).isEmpty();
    assertThat(PlatePseudonymizer.alert(alert(Alert.State.CONFIRMED, "B1234XYZ"), hash).plate())
        .isEqualTo("B1234XYZ");
  }

  @Test
  void aVisitKeepsItsIdHiddenWhateverTheListSaysOfItsPlates() {
    Place place = Place.of(camera("cam-1"));
    GateEvent in = new GateEvent("p1", "B1234XYZ", START, place, true);
    GateEvent out = new GateEvent("p2", "B1234XVZ", START.plusSeconds(60), place, false);
    VisitUpdate open = VisitUpdate.of(visit(VisitState.OPEN, in, null));
    VisitUpdate closed = VisitUpdate.of(visit(VisitState.CLOSED, in, out));

    VisitUpdate hidden = PlatePseudonymizer.visit(closed, hash);
    assertThat(hidden.visitId()).isEqualTo(hash.of("8I234XYZ") + "-cam-1-p1");
    assertThat(hidden.visit().visitId()).isEqualTo(hidden.visitId());
    assertThat(PlatePseudonymizer.visit(open, hash).visitId()).isEqualTo(hidden.visitId());
    assertThat(hidden.visit().entry().plate()).as("listed").isEqualTo("B1234XYZ");
    assertThat(hidden.visit().exit().plate()).isEqualTo(hash.of("B1234XVZ"));
    assertThat(
            PlatePseudonymizer.visit(VisitUpdate.removed("8I234XYZ-cam-1-p1", "B1234XYZ"), hash)
                .visitId())
        .isEqualTo(hidden.visitId());
  }

  @Test
  void beingMetByARuleShowsNoPlate() {
    RuleAlert.Source rule = new RuleAlert.Source("r1", "Strangers", RuleTrigger.PASS);
    RuleAlert stranger =
        new RuleAlert(
            rule,
            RuleAlert.Subject.of(pass("p1", "B1234XYZ")),
            "",
            0,
            Alert.State.CONFIRMED,
            START);
    RuleAlert hidden = PlatePseudonymizer.ruleAlert(stranger, hash);
    assertThat(hidden.toString()).doesNotContain("B1234XYZ", "B 1234 XYZ");
    assertThat(hidden.plate()).isEqualTo(hash.of("B1234XYZ"));
    assertThat(hidden.alertId()).isEqualTo("p1:r1");

    RuleAlert listed =
        stranger.withSubject(
            RuleAlert.Subject.of(pass("p1", "B1234XYZ").withMatches(List.of(LISTED))));
    assertThat(PlatePseudonymizer.ruleAlert(listed, hash)).isEqualTo(listed);

    // A visit's id begins with the plate.
    RuleFacts stays =
        new RuleFacts(
            "8I234XYZ-cam-1-p1",
            START,
            Place.of(camera("cam-1")),
            "B1234XYZ",
            "car",
            null,
            null,
            "",
            List.of());
    RuleAlert overstay =
        PlatePseudonymizer.ruleAlert(stranger.withSubject(RuleAlert.Subject.of(stays)), hash);
    assertThat(overstay.toString()).doesNotContain("B1234XYZ", "8I234XYZ");
    assertThat(overstay.alertId()).isEqualTo(hash.of("8I234XYZ") + "-cam-1-p1:r1");
  }

  private static ParkingVisit visit(VisitState state, GateEvent in, GateEvent out) {
    return new ParkingVisit(
        "8I234XYZ-cam-1-p1", "site", state, in, out, out == null ? null : out.at(), "car", 0, null);
  }

  private static Alert alert(Alert.State state, String plate) {
    return new Alert(1, state, StatusMatch.of(LISTED), START, pass("p1", plate), List.of(LISTED));
  }
}
