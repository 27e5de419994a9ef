package io.plateflow.jobs.reads;

import io.plateflow.schemas.avro.FrameBox;
import io.plateflow.schemas.avro.PlateReadEvent;
import io.plateflow.schemas.avro.ReadKind;
import io.plateflow.schemas.avro.SeenCandidate;
import io.plateflow.schemas.avro.SeenPlate;
import io.plateflow.schemas.avro.SeenVehicle;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.detection.Pairing;
import io.plateflow.schemas.frame.FrameSize;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.pass.Evidence;
import io.plateflow.schemas.pass.PassFrame;
import io.plateflow.schemas.pass.PassOrigin;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.PassVehicle;
import io.plateflow.schemas.pass.Period;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateLook;
import io.plateflow.schemas.plate.PlateText;
import io.plateflow.schemas.plate.RungRead;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes passes of reads that are within their bounds. */
public final class ReadMapping implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Nothing was seen to move. */
  private static final String DIRECTION = "standing";

  private final ReadsConfig config;
  private final HashMap<String, ReadSourceConfig> byName = new HashMap<>();

  public ReadMapping(ReadsConfig config) {
    this.config = config;
    for (ReadSourceConfig source : config.sources()) {
      if (source.name() != null) {
        byName.put(source.name(), source);
      }
    }
  }

  public OutsideRead pass(PlateReadEvent read) {
    boolean upload = read.getKind() == ReadKind.UPLOAD;
    PassOrigin origin =
        new PassOrigin(
            read.getSource(),
            read.getRecordId(),
            upload,
            read.getUploadId(),
            read.getSessionId(),
            read.getOriginalPath());
    Place place =
        byName.getOrDefault(read.getSource(), ReadSourceConfig.DEFAULT).place(read.getSource());
    Instant at = read.getCapturedAt();
    SeenVehicle vehicle = read.getVehicle();
    SeenPlate plate = read.getPlate();
    VehiclePass pass =
        new VehiclePass(
            origin.passId(),
            0,
            place,
            new Period(at, at, 1),
            new PassFrame(at, new FrameSize(read.getFrameWidth(), read.getFrameHeight()), 0),
            new Pairing(null, 0, false),
            vehicle == null
                ? null
                : new PassVehicle(
                    vehicle.getVehicleClass(), vehicle.getScore(), box(vehicle.getBox())),
            plate == null ? null : plate(plate, at, place.cameraId()),
            null,
            new Evidence(read.getFramePath(), read.getVehiclePath(), read.getPlatePath()),
            DIRECTION,
            List.of(),
            origin);
    boolean merges = !upload && !config.mergeWithin().isZero() && !pass.plateText().isEmpty();
    return new OutsideRead(pass, read.getRecordId(), merges);
  }

  private static PassPlate plate(SeenPlate plate, Instant at, String reader) {
    String text = PlateText.normalise(plate.getText());
    RungRead read = new RungRead(reader, text, plate.getScore(), characterScores(plate, text));
    // Candidates are told like other readers' texts, so that a plate is found by them too.
    Map<String, RungRead> rungs = new LinkedHashMap<>();
    rungs.put(text, read);
    for (SeenCandidate candidate : plate.getCandidates()) {
      String other = PlateText.normalise(candidate.getText());
      rungs.putIfAbsent(
          other,
          new RungRead(
              reader,
              other,
              candidate.getScore(),
              Collections.nCopies(other.length(), (float) candidate.getScore())));
    }
    return new PassPlate(
        text,
        box(plate.getBox()),
        plate.getDetectionScore(),
        plate.getScore(),
        plate.getReads(),
        text.isEmpty() ? 0 : plate.getReads(),
        reader,
        new PlateAttributes(
            plate.getPlateNumber(),
            plate.getPlateDate(),
            plate.getTextColor(),
            plate.getBackgroundColor(),
            null,
            null,
            false,
            plate.getPlateType(),
            plate.getRegionCode(),
            plate.getRegionName(),
            plate.getCountry()),
        List.copyOf(rungs.values()),
        null,
        text.isEmpty() ? List.of() : List.of(new PlateLook(at, read)));
  }

  private static List<Float> characterScores(SeenPlate plate, String text) {
    if (plate.getCharacterScores().isEmpty()) {
      return Collections.nCopies(text.length(), (float) plate.getScore());
    }
    List<Float> scores = new ArrayList<>();
    for (double score : plate.getCharacterScores()) {
      scores.add((float) score);
    }
    return scores;
  }

  private static BoundingBox box(FrameBox box) {
    return new BoundingBox(box.getX1(), box.getY1(), box.getX2(), box.getY2());
  }
}
