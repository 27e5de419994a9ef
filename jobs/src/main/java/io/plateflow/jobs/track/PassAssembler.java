package io.plateflow.jobs.track;

import io.plateflow.models.attributes.PlateAttributeExtractor;
import io.plateflow.models.track.Track;
import io.plateflow.models.track.TravelDirection;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.detection.Pairing;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.frame.FrameSize;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds the pass from a track and its draft. */
final class PassAssembler {

  private static final DateTimeFormatter ID_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS").withZone(ZoneOffset.UTC);

  private static final PlateAttributeExtractor ATTRIBUTES = new PlateAttributeExtractor();

  private PassAssembler() {}

  /**
   * The id of a pass, the same in every replay. Stills of a folder may have been taken in the same
   * instant, so their names are part of it.
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

  /**
   * The pass as it is known now.
   *
   * @param looks that it tells of its plate, at most
   */
  static VehiclePass assemble(CameraTracks tracks, Track track, PassDraft draft, int looks) {
    Sighting winner = draft.winner();
    PairedDetection seen = winner.detection();
    return new VehiclePass(
        draft.passId,
        0,
        tracks.place,
        new Period(draft.earlier.firstSeen(track), track.lastSeen(), draft.earlier.frames(track)),
        new PassFrame(
            winner.capturedAt(),
            new FrameSize(winner.frameWidth(), winner.frameHeight()),
            winner.millis()),
        new Pairing(seen.method(), seen.confidence(), seen.ambiguous()),
        vehicle(track, draft, seen),
        plate(draft, winner, looks),
        null,
        draft.evidence,
        direction(track, draft).label(),
        List.of());
  }

  private static TravelDirection direction(Track track, PassDraft draft) {
    return TravelDirection.of(draft.earlier.firstBox(track), track.lastBox());
  }

  private static @Nullable PassVehicle vehicle(Track track, PassDraft draft, PairedDetection seen) {
    String vehicleClass = track.vehicleClass();
    if (vehicleClass == null) {
      return null;
    }
    // The winning frame may have missed the vehicle; then the best frame's box stands for it.
    Detection shown = seen.vehicle() != null ? seen.vehicle() : draft.shown().detection().vehicle();
    return new PassVehicle(
        vehicleClass, track.vehicleScore(), shown != null ? shown.box() : track.lastBox());
  }

  private static @Nullable PassPlate plate(PassDraft draft, Sighting winner, int looks) {
    if (draft.reads.isEmpty()) {
      return null;
    }
    Sighting read =
        winner.read() != null ? winner : draft.reads.kept.get(draft.reads.kept.size() - 1);
    Detection seen = read.requirePlate();
    return new PassPlate(
        draft.reads.text,
        seen.box(),
        seen.score(),
        draft.reads.score,
        draft.reads.count,
        draft.reads.agreeing,
        read.requireRead().reader(),
        ATTRIBUTES.withText(
            Objects.requireNonNull(read.attributes(), "they come with the read"),
            agreed(draft, read.requireRead())),
        List.of(RungRead.of(Objects.requireNonNull(draft.reads.agreed, "all reads have voted"))),
        null,
        draft.reads.looks(looks));
  }

  /** The consensus, as a read of the winning picture. */
  private static PlateRead agreed(PassDraft draft, PlateRead winner) {
    return new PlateRead(
        draft.reads.text,
        draft.reads.score,
        new float[draft.reads.text.length()],
        List.of(),
        draft.reads.date,
        winner.country(),
        winner.reader());
  }
}
