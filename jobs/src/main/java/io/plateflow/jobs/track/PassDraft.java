package io.plateflow.jobs.track;

import io.plateflow.schemas.pass.Evidence;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is known of a pass while its track is alive. A Flink POJO: kept in keyed state. */
public final class PassDraft {

  /** Derived from camera, capture time of the first frame and track number. */
  public String passId;

  public ReadHistory reads = new ReadHistory();

  /** The frame that shows the track best; null before the first. */
  public @Nullable Sighting best;

  public Publication publication = Publication.NONE;
  public EarlierTracks earlier = EarlierTracks.NONE;

  /** Null before the vehicle was seen. */
  public @Nullable RestingPlace rest;

  public PlateCrop crop = PlateCrop.NONE;
  public Evidence evidence = Evidence.NONE;

  /** JPEG of the plate for the evidence; null where it is stored before the match is known. */
  public byte @Nullable [] platePicture;

  /** For Flink, which then sets every field. */
  @SuppressWarnings("NullAway.Init")
  public PassDraft() {}

  PassDraft(String passId) {
    this.passId = passId;
  }

  /**
   * Adds a frame.
   *
   * @return whether it shows the track better than all before
   */
  boolean add(Sighting sighting, ReadingPolicy policy) {
    if (sighting.read() != null) {
      reads.add(sighting, policy);
    }
    if (best == null || sighting.isBetterThan(best)) {
      best = sighting;
      return true;
    }
    return false;
  }

  /**
   * Joins a draft that turned out to belong to the same vehicle.
   *
   * @return the pictures of the two that show it less well
   */
  Evidence absorb(PassDraft other) {
    if (!publication.isKnown() && other.publication.isKnown()) {
      // It is known by this id already, and must be finished under it.
      passId = other.passId;
      publication = other.publication;
    }
    if (other.crop.area() > crop.area()) {
      crop = other.crop;
    }
    reads.addAll(other.reads);
    if (best == null || other.best != null && other.best.quality() > best.quality()) {
      Evidence mine = evidence;
      best = other.best;
      evidence = other.evidence;
      platePicture = other.platePicture;
      return mine;
    }
    return other.evidence;
  }

  /**
   * Goes on with a pass whose track had broken off.
   *
   * @return the pictures of the two that show it less well
   */
  Evidence resume(DormantPass before) {
    Evidence worse = absorb(before.draft());
    earlier = earlier.after(before);
    rest = before.draft().rest;
    return worse;
  }

  /** The frame that gave the winning read, or the best one where nothing was read. */
  Sighting winner() {
    return reads.winner().orElseGet(this::shown);
  }

  /** The frame that shows the track best; there is one by the time that the pass is told. */
  Sighting shown() {
    return Objects.requireNonNull(best, "a draft gets its first frame where it begins");
  }
}
