package io.plateflow.schemas.event;

import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.avro.AccessEvent;
import io.plateflow.schemas.avro.AccessOutcome;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.VehiclePass;

/** Maps decisions at gates to events. */
public final class AccessEvents {

  private AccessEvents() {}

  public static AccessEvent access(AccessDecision decision) {
    VehiclePass pass = decision.pass();
    PassPlate plate = pass.plate();
    AccessEvent event =
        AccessEvent.newBuilder()
            .setAccessId(decision.accessId())
            .setRevision(decision.revision())
            .setOutcome(AccessOutcome.valueOf(decision.outcome().name()))
            .setReason(decision.reason().label())
            .setPlate(pass.plateText().isEmpty() ? null : pass.plateText())
            .setScore(plate == null ? 0 : plate.readScore())
            .setReads(plate == null ? 0 : plate.agreeingReads())
            .setMatches(ListEvents.matches(pass.matches()))
            .setCameraId(pass.cameraId())
            .setLocation(pass.place().location())
            .setGate(pass.place().gate().label())
            .setSite(pass.place().site())
            .setTimezone(pass.place().timezone())
            .setPermitOnly(pass.place().permitOnly())
            .setFirstSeen(pass.seen().first())
            .setCapturedAt(decision.capturedAt())
            .setEmittedAt(decision.emittedAt())
            .setPassId(pass.passId())
            .setVehicleClass(pass.vehicleClass())
            .setPlateBox(plate == null ? null : EventMapper.box(plate.box()))
            .build();
    EventMapper.putView(event, pass);
    return event;
  }
}
