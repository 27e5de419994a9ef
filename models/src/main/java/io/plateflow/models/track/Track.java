package io.plateflow.models.track;

import io.plateflow.schemas.geometry.BoundingBox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One vehicle, or plate without a vehicle, while a camera sees it.
 *
 * @param number counts up from 0 per camera
 * @param firstSequence number of the frame it was first seen in
 * @param lastSequence of the frame it was last seen in
 * @param firstSeen capture time of that first frame
 * @param lastSeen capture time of that last frame
 * @param frames how many frames it was seen in
 * @param vehicleFrames how many of them showed its vehicle
 * @param plateFrames how many of them showed its plate
 * @param vehicle motion of the vehicle's box, or null
 * @param plate motion of the plate's box, or null
 * @param vehicleSeen capture time of the frame that last showed the vehicle, or null
 * @param plateSeen the same for the plate, or null
 * @param firstBox the vehicle's first box, the plate's where there was no vehicle
 * @param lastBox the same, last
 * @param classVotes heaviest first; empty for a plate without a vehicle
 * @param plateText normalised, or null while nothing was read
 */
public record Track(
    long number,
    long firstSequence,
    long lastSequence,
    Instant firstSeen,
    Instant lastSeen,
    int frames,
    int vehicleFrames,
    int plateFrames,
    BoxMotion vehicle,
    BoxMotion plate,
    Instant vehicleSeen,
    Instant plateSeen,
    BoundingBox firstBox,
    BoundingBox lastBox,
    List<ClassVote> classVotes,
    String plateText) {

  /** The class that most of its frames speak for, or null for a plate without a vehicle. */
  public String vehicleClass() {
    return classVotes.isEmpty() ? null : classVotes.get(0).vehicleClass();
  }

  /** Detection score of that class, in the frame that showed it best; 0 without a vehicle. */
  public double vehicleScore() {
    return classVotes.isEmpty() ? 0 : classVotes.get(0).bestScore();
  }

  Track withPlateText(String text) {
    return new Track(
        number,
        firstSequence,
        lastSequence,
        firstSeen,
        lastSeen,
        frames,
        vehicleFrames,
        plateFrames,
        vehicle,
        plate,
        vehicleSeen,
        plateSeen,
        firstBox,
        lastBox,
        classVotes,
        text);
  }

  static List<ClassVote> voted(List<ClassVote> votes, String vehicleClass, double score) {
    List<ClassVote> out = new ArrayList<>(votes.size() + 1);
    ClassVote added = new ClassVote(vehicleClass, score, score);
    for (ClassVote vote : votes) {
      if (vote.vehicleClass().equals(vehicleClass)) {
        added =
            new ClassVote(vehicleClass, vote.weight() + score, Math.max(vote.bestScore(), score));
      } else {
        out.add(vote);
      }
    }
    out.add(added);
    out.sort(Comparator.comparingDouble(ClassVote::weight).reversed());
    return out;
  }
}
