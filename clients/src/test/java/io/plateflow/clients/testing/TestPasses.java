package io.plateflow.clients.testing;

import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.detection.Pairing;
import io.plateflow.schemas.detection.PairingMethod;
import io.plateflow.schemas.frame.FrameSize;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.Evidence;
import io.plateflow.schemas.pass.PassFrame;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.PassVehicle;
import io.plateflow.schemas.pass.Period;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateLook;
import io.plateflow.schemas.plate.PlateText;
import io.plateflow.schemas.plate.RungRead;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.StatusMatch;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * Passes and alerts as tests need them, each differing from the first in what the test is about.
 */
public final class TestPasses {

  public static final Instant NOON = Instant.parse("2026-11-20T04:30:00Z");

  private TestPasses() {}

  /** A car with the plate B 1234 CD, at the entry of Gate 1. */
  public static VehiclePass pass(String passId) {
    return pass(passId, "cam-1", "Gate 1", GateType.ENTRY, NOON, car(), plate("B 1234 CD"), null);
  }

  public static VehiclePass pass(
      String passId,
      String cameraId,
      String location,
      GateType gate,
      Instant capturedAt,
      PassVehicle vehicle,
      PassPlate plate,
      StatusMatch match) {
    boolean paired = vehicle != null && plate != null;
    return new VehiclePass(
        passId,
        0,
        new Place(cameraId, location, gate, "Asia/Makassar", CameraDefinition.DEFAULT_SITE),
        new Period(capturedAt.minusSeconds(1), capturedAt.plusSeconds(1), 40),
        new PassFrame(capturedAt, new FrameSize(1280, 720), 42.5),
        new Pairing(paired ? PairingMethod.CONTAINMENT : null, paired ? 0.9 : 0, false),
        vehicle,
        plate,
        match,
        new Evidence("file:/e/frame.jpg", vehicle == null ? null : "file:/e/vehicle.jpg", null),
        "towards",
        match == null ? List.of() : List.of(listMatch(match)));
  }

  /** The same in the words of the named lists. */
  public static ListMatch listMatch(StatusMatch match) {
    return ListMatch.of(
        match.type() == PlateListType.BLACKLIST ? AccessList.BLACKLIST : AccessList.WHITELIST,
        match.listedPlate(),
        match.listedPlate(),
        match.distance() == 0 ? ListMatch.Kind.EXACT : ListMatch.Kind.FUZZY,
        match.distance(),
        match.tolerance());
  }

  public static PassVehicle car() {
    return vehicle("car");
  }

  public static PassVehicle vehicle(String vehicleClass) {
    return new PassVehicle(vehicleClass, 0.97, new BoundingBox(100, 200, 700, 650));
  }

  public static PassPlate plate(String number) {
    return plate(number, "private", "B", "Jakarta");
  }

  public static PassPlate plate(String number, String type, String regionCode, String regionName) {
    return new PassPlate(
        PlateText.normalise(number),
        new BoundingBox(300.257, 500, 420, 540.5),
        0.88,
        0.93,
        7,
        5,
        "local",
        new PlateAttributes(
            number,
            "11.28",
            "black",
            "white",
            null,
            null,
            true,
            type,
            regionCode,
            regionName,
            "id"),
        List.of(rungRead("local", number, 0.5f), rungRead("gemini", number, 0.9f)),
        "local: gemini agrees",
        List.of(new PlateLook(NOON, rungRead("local", number, 0.5f))));
  }

  public static StatusMatch blacklisted(String plate) {
    return new StatusMatch(plate, PlateListType.BLACKLIST, 0, 0.4);
  }

  public static Alert alert(String passId, String plate) {
    return new Alert(
        0,
        Alert.State.PROVISIONAL,
        blacklisted(plate),
        NOON.plusMillis(180),
        pass(passId).withPlate(plate(plate)).withEvidence(Evidence.NONE),
        List.of(listMatch(blacklisted(plate))));
  }

  private static RungRead rungRead(String reader, String number, float score) {
    String text = PlateText.normalise(number);
    return new RungRead(reader, text, score, Collections.nCopies(text.length(), score));
  }
}
