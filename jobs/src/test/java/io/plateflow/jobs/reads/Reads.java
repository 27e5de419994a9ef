package io.plateflow.jobs.reads;

import io.plateflow.schemas.avro.FrameBox;
import io.plateflow.schemas.avro.PlateReadEvent;
import io.plateflow.schemas.avro.ReadKind;
import io.plateflow.schemas.avro.SeenPlate;
import io.plateflow.schemas.avro.SeenVehicle;
import io.plateflow.schemas.camera.GateType;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** Reads as tests need them. */
public final class Reads {

  public static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  public static final ReadsConfig CONFIG =
      new ReadsConfig(
          Duration.ofSeconds(5),
          Duration.ofDays(7),
          List.of(
              new ReadSourceConfig(
                  "anpr", "North", GateType.ENTRY, true, "garage", ZoneId.of("Asia/Jakarta"))));

  private Reads() {}

  /** A plate of a car. */
  public static PlateReadEvent event(
      String recordId, String source, ReadKind kind, Instant at, String text, double score) {
    return PlateReadEvent.newBuilder()
        .setRecordId(recordId)
        .setSource(source)
        .setKind(kind)
        .setCapturedAt(at)
        .setFrameWidth(640)
        .setFrameHeight(360)
        .setVehicle(new SeenVehicle("car", 0.9, new FrameBox(1.0, 2.0, 300.0, 200.0)))
        .setPlate(plate(text, score))
        .build();
  }

  static SeenPlate plate(String text, double score) {
    return SeenPlate.newBuilder()
        .setText(text)
        .setScore(score)
        .setBox(new FrameBox(10.0, 20.0, 60.0, 40.0))
        .setCharacterScores(List.of())
        .setCandidates(List.of())
        .build();
  }

  /** What the mapping makes of a plate of the source {@code anpr}, an entry. */
  public static OutsideRead read(
      String recordId, ReadKind kind, int atMillis, String text, double score) {
    return new ReadMapping(CONFIG)
        .pass(event(recordId, "anpr", kind, START.plusMillis(atMillis), text, score));
  }
}
