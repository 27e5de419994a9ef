package io.plateflow.jobs.corrections;

import io.plateflow.models.attributes.PlateAttributeExtractor;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.corrections.Correction;
import io.plateflow.schemas.corrections.CorrectionKind;
import io.plateflow.schemas.corrections.CorrectionKind.Aspect;
import io.plateflow.schemas.corrections.PassCorrections;
import io.plateflow.schemas.detection.Pairing;
import io.plateflow.schemas.pass.AsRead;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.PassVehicle;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;
import io.plateflow.schemas.region.Region;
import io.plateflow.schemas.region.RegionTable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes of a pass as it was recorded the pass as people say it was. Knows no list. */
public final class PassCorrector {

  private static final Pairing NO_PAIR = new Pairing(null, 0, false);

  private final PlateAttributeExtractor attributes = new PlateAttributeExtractor();

  /**
   * The pass with all its corrections; it depends on the two alone. Not matched.
   *
   * @return null where the pass is to be gone
   */
  public @Nullable VehiclePass apply(VehiclePass recorded, PassCorrections made) {
    if (made.gone()) {
      return null;
    }
    Correction last = null;
    for (Correction one : made.all()) {
      if (one.kind().aspect() != Aspect.VISIT) {
        last = one;
      }
    }
    if (last == null) {
      return recorded;
    }
    PassVehicle vehicle = vehicle(recorded.vehicle(), made.holding(Aspect.VEHICLE_CLASS));
    PassPlate plate = plate(recorded, made);
    Correction pairing = made.holding(Aspect.PAIRING);
    Pairing pair = recorded.pairing();
    if (pairing != null && vehicle != null && plate != null) {
      boolean vehicleStays = Correction.KEEP_VEHICLE.equals(pairing.to());
      vehicle = vehicleStays ? vehicle : null;
      plate = vehicleStays ? null : plate;
    }
    if (vehicle == null || plate == null) {
      pair = NO_PAIR;
    }
    return new VehiclePass(
        recorded.passId(),
        recorded.revision() + made.all().size(),
        place(recorded.place(), made.holding(Aspect.LOCATION)),
        recorded.seen(),
        recorded.frame(),
        pair,
        vehicle,
        plate,
        null,
        recorded.evidence(),
        recorded.direction(),
        List.of(),
        recorded.origin(),
        new AsRead(
            recorded.revision(),
            recorded.place(),
            recorded.pairing(),
            recorded.vehicle(),
            recorded.plate(),
            false,
            last.changedAt(),
            last.changedBy()));
  }

  /** The place as a correction has it; the camera stays. */
  static Place place(Place recorded, @Nullable Correction correction) {
    if (correction == null) {
      return recorded;
    }
    String location = correction.to();
    GateType gate = correction.gate();
    String site = correction.site();
    return new Place(
        recorded.cameraId(),
        location == null ? recorded.location() : location,
        gate == null ? recorded.gate() : gate,
        recorded.timezone(),
        site == null ? recorded.site() : site,
        recorded.permitOnly());
  }

  private static @Nullable PassVehicle vehicle(
      @Nullable PassVehicle recorded, @Nullable Correction correction) {
    String to = correction == null ? null : correction.to();
    return recorded == null || to == null
        ? recorded
        : new PassVehicle(to, recorded.score(), recorded.box());
  }

  private @Nullable PassPlate plate(VehiclePass recorded, PassCorrections made) {
    PassPlate plate = recorded.plate();
    Correction text = made.holding(Aspect.PLATE);
    if (text != null && text.kind() == CorrectionKind.NOT_A_PLATE) {
      // Without a vehicle there is nothing else that the pass could be: its text goes.
      return plate == null || recorded.vehicle() != null ? null : plate.withoutText();
    }
    String to = text == null ? null : text.to();
    if (to != null) {
      plate = said(to, recorded);
    }
    if (plate == null) {
      return null;
    }
    return plate.withAttributes(
        attributes(
            plate.attributes(), made.holding(Aspect.PLATE_TYPE), made.holding(Aspect.REGION)));
  }

  /** The plate that a person read; in the box of the vehicle where no plate was found. */
  private PassPlate said(String text, VehiclePass recorded) {
    PassPlate plate = recorded.plate();
    PassVehicle vehicle = recorded.vehicle();
    float[] sure = new float[text.length()];
    Arrays.fill(sure, 1);
    if (plate != null) {
      PlateAttributes seen = plate.attributes();
      PlateRead read =
          new PlateRead(text, 1, sure, List.of(), seen.date(), seen.country(), PassPlate.PERSON);
      int agreeing = (int) plate.looks().stream().filter(l -> l.read().text().equals(text)).count();
      return new PassPlate(
          text,
          plate.box(),
          plate.detectionScore(),
          plate.readScore(),
          plate.reads(),
          agreeing,
          PassPlate.PERSON,
          text.startsWith("#") ? seen.withoutIdentity() : attributes.withText(seen, read),
          plate.rungs(),
          plate.decision(),
          plate.looks());
    }
    if (vehicle == null) {
      throw new IllegalStateException(
          "Pass %s: found neither vehicle nor plate, expected one".formatted(recorded.passId()));
    }
    PlateRead read = new PlateRead(text, 1, sure, List.of(), null, null, PassPlate.PERSON);
    return new PassPlate(
        text,
        vehicle.box(),
        0,
        0,
        0,
        0,
        PassPlate.PERSON,
        attributes.attributes(read),
        List.of(),
        null,
        List.of());
  }

  private static PlateAttributes attributes(
      PlateAttributes seen, @Nullable Correction type, @Nullable Correction region) {
    String code = region == null ? null : region.to();
    Region known = code == null ? null : RegionTable.indonesia().region(code);
    String said = type == null ? null : type.to();
    return new PlateAttributes(
        seen.number(),
        seen.date(),
        seen.textColor(),
        seen.backgroundColor(),
        seen.icon(),
        seen.iconColor(),
        seen.blueStrip(),
        said == null ? seen.type() : said,
        known == null ? seen.regionCode() : known.code(),
        known == null ? seen.regionName() : known.name(),
        seen.country());
  }
}
