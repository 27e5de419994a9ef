package io.plateflow.api.recognition;

import io.plateflow.api.recognition.AcceptedUpload.CutOut;
import io.plateflow.api.recognition.UploadPictures.Crops;
import io.plateflow.api.recognition.UploadPictures.Paths;
import io.plateflow.api.recognition.UploadTables.Reservation;
import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.models.recognition.RecognizedImage;
import io.plateflow.schemas.avro.FrameBox;
import io.plateflow.schemas.avro.PlateReadEvent;
import io.plateflow.schemas.avro.ReadKind;
import io.plateflow.schemas.avro.SeenCandidate;
import io.plateflow.schemas.avro.SeenPlate;
import io.plateflow.schemas.avro.SeenVehicle;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.pass.PassOrigin;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the events by which uploads join the passes. */
final class UploadReads {

  /** Clocks of clients differ; what is later is refused by the job. */
  private static final Duration AHEAD = Duration.ofMinutes(4);

  private static final int MOST_CANDIDATES = 20;

  private UploadReads() {}

  /** What stands for each vehicle or lone plate that counts. */
  static List<CutOut> cutOuts(
      Upload upload, Reservation reserved, List<Crops> crops, @Nullable Paths paths) {
    List<CutOut> all = new ArrayList<>();
    for (int i = 0; i < crops.size(); i++) {
      Crops cut = crops.get(i);
      all.add(
          new CutOut(
              PassOrigin.cameraId(upload.source()) + ":" + recordId(reserved, i),
              paths == null || cut.vehicle() == null ? null : paths.vehicle(i + 1),
              paths == null || cut.plate() == null ? null : paths.plate(i + 1)));
    }
    return all;
  }

  private static String recordId(Reservation reserved, int index) {
    return "%d-%d".formatted(reserved.id(), index + 1);
  }

  /** One event for each vehicle or lone plate that counts. */
  static List<PlateReadEvent> of(
      Upload upload,
      Reservation reserved,
      RecognizedImage image,
      List<PlateOnVehicle> kept,
      List<Crops> crops,
      @Nullable Paths paths,
      Instant now) {
    Instant at = upload.capturedAt().isAfter(now.plus(AHEAD)) ? now : upload.capturedAt();
    List<CutOut> cutOuts = cutOuts(upload, reserved, crops, paths);
    List<PlateReadEvent> events = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      PlateOnVehicle each = kept.get(i);
      CutOut cut = cutOuts.get(i);
      String original = paths == null ? null : paths.original();
      events.add(
          PlateReadEvent.newBuilder()
              .setRecordId(recordId(reserved, i))
              .setSource(upload.source())
              .setKind(ReadKind.UPLOAD)
              .setCapturedAt(at.truncatedTo(ChronoUnit.MILLIS))
              .setFrameWidth(image.width())
              .setFrameHeight(image.height())
              .setVehicle(vehicle(each, image))
              .setPlate(plate(each, image))
              .setFramePath(original)
              .setOriginalPath(original)
              .setVehiclePath(cut.vehicle())
              .setPlatePath(cut.plate())
              .setUploadId(Long.toString(reserved.id()))
              .setSessionId(reserved.sessionIds().get(i))
              .build());
    }
    return events;
  }

  private static @Nullable SeenVehicle vehicle(PlateOnVehicle each, RecognizedImage image) {
    Detection vehicle = each.detection().vehicle();
    return vehicle == null
        ? null
        : SeenVehicle.newBuilder()
            .setVehicleClass(vehicle.label())
            .setScore(vehicle.score())
            .setBox(box(vehicle.box(), image))
            .build();
  }

  private static @Nullable SeenPlate plate(PlateOnVehicle each, RecognizedImage image) {
    Detection plate = each.detection().plate();
    PlateRead read = each.read();
    PlateAttributes attributes = each.attributes();
    if (plate == null || read == null || attributes == null) {
      return null;
    }
    List<Double> characters = new ArrayList<>();
    for (float score : read.characterScores()) {
      characters.add(Math.min(1.0, Math.max(0.0, score)));
    }
    List<SeenCandidate> candidates =
        read.candidates().stream()
            .filter(c -> !c.text().equals(read.text()) && !c.text().isEmpty())
            .limit(MOST_CANDIDATES)
            .map(c -> new SeenCandidate(c.text(), c.score()))
            .toList();
    return SeenPlate.newBuilder()
        .setText(read.text())
        .setScore(read.confidence())
        .setDetectionScore(plate.score())
        .setBox(box(plate.box(), image))
        .setReads(1)
        .setCharacterScores(characters)
        .setCandidates(candidates)
        .setCountry(attributes.country())
        .setPlateType(attributes.type())
        .setRegionCode(attributes.regionCode())
        .setRegionName(attributes.regionName())
        .setPlateNumber(attributes.number())
        .setPlateDate(attributes.date())
        .setTextColor(attributes.textColor())
        .setBackgroundColor(attributes.backgroundColor())
        .build();
  }

  private static FrameBox box(BoundingBox box, RecognizedImage image) {
    return FrameBox.newBuilder()
        .setX1(within(box.x1(), image.width()))
        .setY1(within(box.y1(), image.height()))
        .setX2(within(box.x2(), image.width()))
        .setY2(within(box.y2(), image.height()))
        .build();
  }

  private static double within(double value, int most) {
    return Math.max(0, Math.min(most, value));
  }
}
