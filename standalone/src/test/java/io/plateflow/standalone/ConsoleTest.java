package io.plateflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.schemas.avro.AccessEvent;
import io.plateflow.schemas.avro.AccessOutcome;
import io.plateflow.schemas.avro.CameraStatusEvent;
import io.plateflow.schemas.avro.VehiclePassEvent;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.event.RuleEvents;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.rules.RuleAlert;
import io.plateflow.schemas.rules.RuleFacts;
import io.plateflow.schemas.rules.RuleTrigger;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  private static final Instant AT = Instant.parse("2026-08-17T00:00:05Z");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Console console =
      new Console(
          new PrintStream(printed, true, StandardCharsets.UTF_8),
          Map.of("entry", ZoneId.of("Asia/Jakarta")));

  @Test
  void showsAPassByTheClockAtItsGate() {
    console.pass(
        VehiclePassEvent.newBuilder()
            .setPassId("p")
            .setCameraId("entry")
            .setLocation("Gate 1")
            .setGate("entry")
            .setFirstSeen(AT)
            .setLastSeen(AT)
            .setCapturedAt(AT)
            .setFrames(9)
            .setDetectionType("vehicle_with_plate")
            .setVehicleClass("car")
            .setPlate("B1234XYZ")
            .setPlateNumber("B 1234 XYZ")
            .setReadScore(0.98)
            .setReads(4)
            .setAgreeingReads(3)
            .setStatus("blacklist")
            .setReaders(List.of())
            .setMatches(List.of())
            .build());
    assertThat(lines()).hasSize(2);
    assertThat(lines()[1])
        .contains("07:00:05", "car", "B 1234 XYZ", "0.98", "3/4")
        .endsWith("blacklist");
  }

  @Test
  void tellsWhatAGateMayDoUnlessNobodyKnowsTheVehicle() {
    access(AccessOutcome.UNKNOWN, "B1234XYZ");
    access(AccessOutcome.GRANTED, "B1234XYZ");
    access(AccessOutcome.UNREAD, null);
    assertThat(lines())
        .containsExactly(
            "07:00:05  GATE granted: B1234XYZ at Gate 1 (entry)",
            "07:00:05  GATE unread: a vehicle at Gate 1 (entry)");
  }

  @Test
  void tellsWhichRuleWasMet() {
    Place gate = new Place("entry", "Gate 1", GateType.ENTRY, "Asia/Jakarta", "default");
    rule("Strangers", new RuleFacts("p", AT, gate, "B1", "car", null, null, "", List.of()), "");
    rule("Camera down", RuleFacts.of("entry@1", AT, gate), "refused");
    assertThat(lines())
        .containsExactly(
            "07:00:05  ALERT provisional: rule Strangers, read B1 at Gate 1",
            "07:00:05  ALERT provisional: rule Camera down at Gate 1: refused");
  }

  private void rule(String name, RuleFacts facts, String detail) {
    console.alert(
        RuleEvents.alert(
            new RuleAlert(
                new RuleAlert.Source("r", name, RuleTrigger.PASS),
                RuleAlert.Subject.of(facts),
                detail,
                0,
                Alert.State.PROVISIONAL,
                AT)));
  }

  private void access(AccessOutcome outcome, String plate) {
    console.access(
        AccessEvent.newBuilder()
            .setAccessId("p")
            .setOutcome(outcome)
            .setReason("listed")
            .setPlate(plate)
            .setMatches(List.of())
            .setCameraId("entry")
            .setLocation("Gate 1")
            .setGate("entry")
            .setSite("default")
            .setTimezone("UTC")
            .setFirstSeen(AT)
            .setCapturedAt(AT)
            .setEmittedAt(AT)
            .setPassId("p")
            .build());
  }

  @Test
  void tellsACameraThatStaysDownOnce() {
    camera("connecting", 0);
    camera("down", 0);
    camera("connecting", 0);
    camera("down", 0);
    camera("up", 1);
    camera("ended", 40);
    assertThat(lines())
        .containsExactly(
            "camera entry down: refused", "camera entry up", "camera entry ended after 40 frames");
  }

  private void camera(String state, long frames) {
    console.camera(
        CameraStatusEvent.newBuilder()
            .setCameraId("entry")
            .setState(state)
            .setReason("refused")
            .setAt(AT)
            .setFrames(frames)
            .build());
  }

  private String[] lines() {
    return printed
        .toString(StandardCharsets.UTF_8)
        .strip()
        .lines()
        .map(String::strip)
        .toArray(String[]::new);
  }
}
