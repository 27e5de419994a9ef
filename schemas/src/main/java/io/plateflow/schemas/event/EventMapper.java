package io.plateflow.schemas.event;

import io.plateflow.schemas.avro.AlertEvent;
import io.plateflow.schemas.avro.AlertState;
import io.plateflow.schemas.avro.CameraStatusEvent;
import io.plateflow.schemas.avro.FrameBox;
import io.plateflow.schemas.avro.ParkingVisitEvent;
import io.plateflow.schemas.avro.ReaderText;
import io.plateflow.schemas.avro.RejectedEvent;
import io.plateflow.schemas.avro.VehiclePassEvent;
import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.detection.Pairing;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.parking.GateEvent;
import io.plateflow.schemas.parking.ParkingVisit;
import io.plateflow.schemas.parking.VisitUpdate;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.AsRead;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.PassVehicle;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.status.StatusMatch;
import java.util.List;
import java.util.Locale;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** Maps domain records to the events that leave on topics. */
public final class EventMapper {

  /** The status of a plate that is on no list. */
  static final String UNCLASSIFIED = "unclassified";

  /** The state of a visit that turned out to be none. */
  private static final String NO_VISIT = "removed";

  private EventMapper() {}

  public static CameraStatusEvent camera(CameraStatus status) {
    return CameraStatusEvent.newBuilder()
        .setCameraId(status.cameraId())
        .setState(status.state().name().toLowerCase(Locale.ROOT))
        .setReason(status.reason().isEmpty() ? null : status.reason())
        .setAt(status.at())
        .setFrames(status.framesSoFar())
        .build();
  }

  public static AlertEvent alert(Alert alert) {
    StatusMatch match = alert.match();
    VehiclePass pass = alert.pass();
    PassPlate plate = pass.plate();
    AlertEvent event =
        AlertEvent.newBuilder()
            .setAlertId(alert.alertId())
            .setRevision(alert.revision())
            .setState(AlertState.valueOf(alert.state().name()))
            .setPlate(alert.plate())
            .setListedPlate(match.listedPlate())
            .setStatus(match.type().label())
            .setMatchKind(match.kind())
            .setMatchDistance(match.distance())
            .setMatchTolerance(match.tolerance())
            .setScore(plate == null ? 0 : plate.readScore())
            .setReads(plate == null ? 0 : plate.agreeingReads())
            .setCameraId(pass.cameraId())
            .setLocation(pass.place().location())
            .setGate(pass.place().gate().label())
            .setCapturedAt(pass.frame().capturedAt())
            .setEmittedAt(alert.emittedAt())
            .setVehicleClass(pass.vehicleClass())
            .setPassId(pass.passId())
            .setSite(pass.place().site())
            .setTimezone(pass.place().timezone())
            .setReaders(readers(plate))
            .setMatches(ListEvents.matches(alert.matches()))
            .build();
    putView(event, pass);
    putPlate(event, plate);
    return event;
  }

  /** How the camera saw the pass, in fields that all events of passes have. */
  static void putView(SpecificRecordBase event, VehiclePass pass) {
    PassVehicle vehicle = pass.vehicle();
    event.put("direction", pass.direction());
    event.put("dwell_millis", pass.seen().length().toMillis());
    event.put("frame_width", pass.frame().size().width());
    event.put("frame_height", pass.frame().size().height());
    event.put("vehicle_box", vehicle == null ? null : box(vehicle.box()));
    event.put("frame_path", pass.evidence().framePath());
    event.put("vehicle_path", pass.evidence().vehiclePath());
    event.put("plate_path", pass.evidence().platePath());
  }

  /** What the plate shows beside its text, in fields that both kinds of events have. */
  static void putPlate(SpecificRecordBase event, @Nullable PassPlate plate) {
    if (plate == null) {
      return;
    }
    PlateAttributes attributes = plate.attributes();
    event.put("plate_box", box(plate.box()));
    event.put("plate_number", attributes.number());
    event.put("plate_type", attributes.type());
    event.put("plate_text_color", attributes.textColor());
    event.put("plate_background_color", attributes.backgroundColor());
    event.put("plate_country", attributes.country());
    event.put("region_code", attributes.regionCode());
    event.put("region_name", attributes.regionName());
  }

  static FrameBox box(BoundingBox box) {
    return new FrameBox(box.x1(), box.y1(), box.x2(), box.y2());
  }

  /** Always set: of a class that the process has not declared trusted Avro refuses the default. */
  static List<ReaderText> readers(@Nullable PassPlate plate) {
    return plate == null
        ? List.of()
        : plate.rungs().stream()
            .map(r -> new ReaderText(r.reader(), r.text(), r.score(), r.characterScores()))
            .toList();
  }

  public static VehiclePassEvent pass(VehiclePass pass) {
    PassPlate plate = pass.plate();
    VehiclePassEvent.Builder event =
        VehiclePassEvent.newBuilder()
            .setPassId(pass.passId())
            .setCameraId(pass.cameraId())
            .setLocation(pass.place().location())
            .setGate(pass.place().gate().label())
            .setFirstSeen(pass.seen().first())
            .setLastSeen(pass.seen().last())
            .setCapturedAt(pass.frame().capturedAt())
            .setFrames(pass.seen().frames())
            .setDetectionType(pass.type().label())
            .setPairingAmbiguous(pass.pairing().ambiguous())
            .setRevision(pass.revision())
            .setSite(pass.place().site())
            .setTimezone(pass.place().timezone())
            .setReaders(readers(plate))
            .setMatches(ListEvents.matches(pass.matches()));
    Pairing pairing = pass.pairing();
    if (pairing.method() != null) {
      event.setPairingMethod(pairing.method().label()).setPairingConfidence(pairing.confidence());
    }
    PassVehicle vehicle = pass.vehicle();
    if (vehicle != null) {
      event.setVehicleClass(vehicle.vehicleClass()).setVehicleScore(vehicle.score());
    }
    if (plate != null) {
      event
          .setPlate(plate.text().isEmpty() ? null : plate.text())
          .setPlateScore(plate.detectionScore())
          .setReadScore(plate.readScore())
          .setReads(plate.reads())
          .setAgreeingReads(plate.agreeingReads())
          .setPlateDate(plate.attributes().date());
    }
    StatusMatch match = pass.match();
    event.setStatus(match == null ? UNCLASSIFIED : match.type().label());
    if (match != null) {
      event.setListedPlate(match.listedPlate()).setMatchDistance(match.distance());
    }
    AsRead asRead = pass.asRead();
    if (asRead != null) {
      String read = asRead.plateText();
      event
          .setReadPlate(read.isEmpty() || read.equals(pass.plateText()) ? null : read)
          .setCorrectedAt(asRead.correctedAt())
          .setCorrectedBy(asRead.correctedBy());
    }
    VehiclePassEvent built = event.build();
    putView(built, pass);
    putPlate(built, plate);
    return built;
  }

  public static ParkingVisitEvent parking(VisitUpdate update) {
    ParkingVisitEvent.Builder event =
        ParkingVisitEvent.newBuilder()
            .setVisitId(update.visitId())
            .setPlate(update.plate())
            .setState(NO_VISIT);
    ParkingVisit visit = update.visit();
    if (visit == null) {
      return event.build();
    }
    event
        .setState(visit.state().label())
        .setSite(visit.site())
        .setVehicleClass(visit.vehicleClass())
        .setEndedAt(visit.endedAt())
        .setCorrected(visit.corrected());
    GateEvent entry = visit.entry();
    if (entry != null) {
      event
          .setEntryPassId(entry.passId())
          .setEntryAt(entry.at())
          .setEntryLocation(entry.place().location())
          .setEntryCameraId(entry.place().cameraId());
    }
    GateEvent exit = visit.exit();
    if (exit != null) {
      event
          .setExitPassId(exit.passId())
          .setExitAt(exit.at())
          .setExitLocation(exit.place().location())
          .setExitCameraId(exit.place().cameraId())
          .setExitPlate(exit.plate());
    }
    if (visit.dwell() != null) {
      event.setMatchDistance(visit.matchDistance()).setDwellMillis(visit.dwell().toMillis());
    }
    return event.build();
  }

  public static RejectedEvent rejected(RejectedRecord rejected) {
    return RejectedEvent.newBuilder()
        .setSource(rejected.source())
        .setPosition(rejected.position())
        .setKind(rejected.kind())
        .setReason(rejected.reason())
        .setRejectedAt(rejected.rejectedAt())
        .build();
  }
}
