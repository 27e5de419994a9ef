package io.plateflow.models.track;

import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.geometry.BoundingBox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One vehicle, or plate without a vehicle, while a camera sees it.
 *
 * @param number counts up from 0 per camera
 * @param vehicle null for a plate without a vehicle
 * @param plate null while none was seen
 * @param firstBox the vehicle's first box, the plate's where there was no vehicle
 * @param lastBox the same, last
 * @param classVotes heaviest first; empty for a plate without a vehicle
 */
public record Track(
    long number,
    TrackSpan span,
    @Nullable TrackedBox vehicle,
    @Nullable TrackedBox plate,
    BoundingBox firstBox,
    BoundingBox lastBox,
    List<ClassVote> classVotes) {

  static Track started(long number, long sequence, Instant at, PairedDetection detection) {
    Detection vehicle = detection.vehicle();
    Detection plate = detection.plate();
    BoundingBox box = detection.vehicleOrPlate().box();
    return new Track(
        number,
        TrackSpan.at(sequence, at),
        vehicle == null ? null : TrackedBox.at(vehicle.box(), at),
        plate == null ? null : TrackedBox.at(plate.box(), at),
        box,
        box,
        vehicle == null ? new ArrayList<>() : voted(List.of(), vehicle));
  }

  /** Capture time of the frame it was first seen in. */
  public Instant firstSeen() {
    return span.firstSeen();
  }

  /** Capture time of the frame it was last seen in. */
  public Instant lastSeen() {
    return span.lastSeen();
  }

  /** How many frames it was seen in. */
  public int frames() {
    return span.frames();
  }

  /** The class that most of its frames speak for, or null for a plate without a vehicle. */
  public @Nullable String vehicleClass() {
    return classVotes.isEmpty() ? null : classVotes.get(0).vehicleClass();
  }

  /** Detection score of that class, in the frame that showed it best; 0 without a vehicle. */
  public double vehicleScore() {
    return classVotes.isEmpty() ? 0 : classVotes.get(0).bestScore();
  }

  /** The track after one more detection of it. */
  Track seen(long sequence, Instant at, PairedDetection detection) {
    Detection seenVehicle = detection.vehicle();
    Detection seenPlate = detection.plate();
    // From the first vehicle box on, the track's way is the vehicle's way.
    BoundingBox box =
        seenVehicle == null && vehicle != null ? lastBox : detection.vehicleOrPlate().box();
    boolean firstVehicle = seenVehicle != null && vehicle == null;
    return new Track(
        number,
        span.with(sequence, at),
        moved(vehicle, seenVehicle, at),
        moved(plate, seenPlate, at),
        firstVehicle ? box : firstBox,
        box,
        seenVehicle == null ? classVotes : voted(classVotes, seenVehicle));
  }

  private static @Nullable TrackedBox moved(
      @Nullable TrackedBox before, @Nullable Detection seen, Instant at) {
    if (seen == null) {
      return before;
    }
    return before == null ? TrackedBox.at(seen.box(), at) : before.seen(seen.box(), at);
  }

  /** This track and the one of its plate, which had been followed alone. */
  Track joinedWith(Track lone) {
    return new Track(
        number,
        span.joinedWith(lone.span),
        vehicle,
        joined(plate, lone.plate),
        firstBox,
        lastBox,
        classVotes);
  }

  private static @Nullable TrackedBox joined(@Nullable TrackedBox own, @Nullable TrackedBox other) {
    if (own == null || other == null) {
      return own == null ? other : own;
    }
    return own.withFrames(Math.max(own.frames(), other.frames()));
  }

  private static List<ClassVote> voted(List<ClassVote> votes, Detection vehicle) {
    List<ClassVote> out = new ArrayList<>(votes.size() + 1);
    ClassVote added = new ClassVote(vehicle.label(), vehicle.score(), vehicle.score());
    for (ClassVote vote : votes) {
      if (vote.vehicleClass().equals(vehicle.label())) {
        added =
            new ClassVote(
                vehicle.label(),
                vote.weight() + vehicle.score(),
                Math.max(vote.bestScore(), vehicle.score()));
      } else {
        out.add(vote);
      }
    }
    out.add(added);
    out.sort(Comparator.comparingDouble(ClassVote::weight).reversed());
    return out;
  }
}
