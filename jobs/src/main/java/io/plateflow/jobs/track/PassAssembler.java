package io.plateflow.jobs.track;

import io.plateflow.models.attributes.PlateAttributeExtractor;
import io.plateflow.models.track.Track;
import io.plateflow.models.track.TravelDirection;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.detection.Pairing;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.frame.FrameSize;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.pass.PassFrame;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.PassVehicle;
import io.plateflow.schemas.pass.Period;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.PlateRead;
import io.plateflow.schemas.plate.RungRead;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Makes the pass out of a track and the draft that its frames left. */
final class PassAssembler {

  private static final DateTimeFormatter ID_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS").withZone(ZoneOffset.UTC);

  private static final PlateAttributeExtractor ATTRIBUTES = new PlateAttributeExtractor();

  private PassAssembler() {}

  /**
   * The same in every replay: what the pass is, not when it was worked on. Stills of a folder may
   * have been taken in the same instant, so their names tell them apart.
   *
   * @param first frame that shows it
   */
  static String passId(Frame first, long trackNumber) {
    return "%s-%s-%s%d"
        .formatted(
            first.camera().id(),
            ID_TIME.format(first.capturedAt()),
            first.still() ? first.stillName() + "-" : "",
            trackNumber);
  }

  static VehiclePass assemble(CameraTracks tracks, Track track, PassDraft draft) {
    Sighting winner = draft.reads.isEmpty() ? draft.best : draft.winner();
    PairedDetection seen = winner.detection();
    return new VehiclePass(
        draft.passId,
        0,
        tracks.place,
        new Period(
            draft.firstSeen != null ? draft.firstSeen : track.firstSeen(),
            track.lastSeen(),
            draft.earlierFrames + track.frames()),
        new PassFrame(
            winner.capturedAt(),
            new FrameSize(winner.frameWidth(), winner.frameHeight()),
            winner.millis()),
        new Pairing(seen.method(), seen.confidence(), seen.ambiguous()),
        vehicle(track, draft, seen),
        plate(draft, winner),
        null,
        draft.evidence,
        direction(track, draft).label());
  }

  private static TravelDirection direction(Track track, PassDraft draft) {
    BoundingBox first = draft.firstBox != null ? draft.firstBox : track.firstBox();
    return TravelDirection.of(first, track.lastBox());
  }

  private static PassVehicle vehicle(Track track, PassDraft draft, PairedDetection seen) {
    if (track.vehicleClass() == null) {
      return null;
    }
    // The winning frame may have missed the vehicle; then the best frame's box stands for it.
    Detection shown = seen.vehicle() != null ? seen.vehicle() : draft.best.detection().vehicle();
    return new PassVehicle(
        track.vehicleClass(), track.vehicleScore(), shown != null ? shown.box() : track.lastBox());
  }

  private static PassPlate plate(PassDraft draft, Sighting winner) {
    if (draft.reads.isEmpty()) {
      return null;
    }
    Sighting read = winner.read() != null ? winner : draft.reads.get(draft.reads.size() - 1);
    return new PassPlate(
        draft.text,
        read.detection().plate().box(),
        read.detection().plate().score(),
        draft.score,
        draft.readCount,
        draft.agreeingReads,
        read.read().reader(),
        ATTRIBUTES.withText(read.attributes(), agreed(draft, read.read())),
        List.of(RungRead.of(draft.agreed)),
        null);
  }

  /** What the reads agree on, as if it had been read from the winning picture. */
  private static PlateRead agreed(PassDraft draft, PlateRead winner) {
    return new PlateRead(
        draft.text,
        draft.score,
        new float[draft.text.length()],
        List.of(),
        draft.date,
        winner.country(),
        winner.reader());
  }
}
