package io.plateflow.jobs.reads;

import static io.plateflow.jobs.reads.Reads.CONFIG;
import static io.plateflow.jobs.reads.Reads.START;
import static io.plateflow.jobs.reads.Reads.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.jobs.privacy.PlateHash;
import io.plateflow.jobs.privacy.PlatePseudonymizer;
import io.plateflow.schemas.avro.PlateReadEvent;
import io.plateflow.schemas.avro.ReadKind;
import io.plateflow.schemas.avro.SeenCandidate;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.detection.DetectionType;
import io.plateflow.schemas.pass.PassOrigin;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.RungRead;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadMappingTest {

  private final ReadMapping mapping = new ReadMapping(CONFIG);

  @Test
  void aNamedSourceIsAGateAndAnotherAPassageOfItsOwnName() {
    assertThat(pass(event("r1", "anpr", ReadKind.CAMERA, START, "B 1234 CD", 0.8)).place())
        .isEqualTo(new Place("@anpr", "North", GateType.ENTRY, "Asia/Jakarta", "garage", true));
    assertThat(pass(event("r1", "desk", ReadKind.CAMERA, START, "B 1234 CD", 0.8)).place())
        .isEqualTo(new Place("@desk", "desk", GateType.PASSAGE, "Z", "default"));
  }

  @Test
  void aPassSaysWhatTheReadSays() {
    PlateReadEvent event = event("r:1", "desk", ReadKind.UPLOAD, START, "b 1234-cd", 0.8);
    event.setUploadId("u-7");
    event.setSessionId(12L);
    event.setOriginalPath("file:/in/1.jpg");
    event.setFramePath("file:/e/1.jpg");
    event.getPlate().setRegionCode("B");
    event
        .getPlate()
        .setCandidates(
            List.of(new SeenCandidate("B1234CO", 0.1), new SeenCandidate("B 1234 CD", 0.8)));

    VehiclePass pass = pass(event);

    assertThat(pass.passId()).isEqualTo("@desk:r:1");
    assertThat(pass.origin())
        .isEqualTo(new PassOrigin("desk", "r:1", true, "u-7", 12L, "file:/in/1.jpg"));
    assertThat(pass.type()).isEqualTo(DetectionType.VEHICLE_WITH_PLATE);
    assertThat(pass.frame().capturedAt()).isEqualTo(START);
    assertThat(pass.evidence().framePath()).isEqualTo("file:/e/1.jpg");
    assertThat(pass.plate().text()).isEqualTo("B1234CD");
    assertThat(pass.plate().attributes().regionCode()).isEqualTo("B");
    assertThat(pass.plate().rungs())
        .extracting(RungRead::text)
        .containsExactly("B1234CD", "B1234CO");
    assertThat(pass.plate().rungs().get(0).characterScores()).hasSize(7).containsOnly(0.8f);
  }

  @Test
  void whatHidesPlatesHidesThoseOfReads() {
    PlateReadEvent event = event("r1", "desk", ReadKind.UPLOAD, START, "B 1234 CD", 0.8);
    event.getPlate().setCandidates(List.of(new SeenCandidate("B1234CO", 0.1)));
    event.getPlate().setPlateNumber("B 1234 CD");

    VehiclePass hidden =
        PlatePseudonymizer.pass(
            pass(event), PlateHash.fromEnvironment(Map.of(PlateHash.KEY_VARIABLE, "k".repeat(32))));

    assertThat(hidden.toString()).contains("@desk").doesNotContain("1234");
  }

  @Test
  void uploadsAndWhatWasNotReadStandAlone() {
    assertThat(merges(ReadKind.CAMERA, "B1")).isTrue();
    assertThat(merges(ReadKind.CAMERA, "")).isFalse();
    assertThat(merges(ReadKind.UPLOAD, "B1")).isFalse();
    assertThat(
            new ReadMapping(new ReadsConfig(Duration.ZERO, Duration.ofDays(7), List.of()))
                .pass(event("r1", "anpr", ReadKind.CAMERA, START, "B1", 0.8))
                .merges())
        .isFalse();
  }

  private boolean merges(ReadKind kind, String text) {
    return mapping.pass(event("r1", "anpr", kind, START, text, 0.8)).merges();
  }

  private VehiclePass pass(PlateReadEvent event) {
    return mapping.pass(event).pass();
  }
}
