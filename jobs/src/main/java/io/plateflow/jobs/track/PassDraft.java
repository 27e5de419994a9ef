package io.plateflow.jobs.track;

import io.plateflow.models.consensus.ConsensusText;
import io.plateflow.models.consensus.PlateConsensus;
import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.pass.Evidence;
import io.plateflow.schemas.plate.PlateRead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** What is known of a pass while its track is alive. A Flink POJO: kept in keyed state. */
public final class PassDraft {

  private static final int MOST_KEPT = 16;

  /** A read this sure is no accident, 0..1. */
  private static final double CLEAR_READ = 0.3;

  /** A picture this many times larger (in area) is a better one, whatever was read on it. */
  private static final double LARGER_CROP = 1.15;

  /** Derived from camera, capture time of the first frame and track number. */
  public String passId;

  public int frames;

  /** The surest frames that were read, oldest first. */
  public List<Sighting> reads = new ArrayList<>();

  /** The frame that shows the track best. */
  public Sighting best;

  /** All reads, those that were not kept among them. */
  public int readCount;

  public int readsAtThisSize;
  public double largestReadArea;
  public Instant lastReadAt;

  /** What the reads agree on so far; empty before the first. */
  public String text = "";

  public double score;
  public int agreeingReads;

  /** {@code MM.YY} of the small line, or null. */
  public String date;

  /** The text that was sent on last, or null. */
  public String announced;

  public Evidence evidence = Evidence.NONE;

  /** Of the track that this pass began with, where that broke off; null where it has one track. */
  public Instant firstSeen;

  public BoundingBox firstBox;

  /** Frames of the tracks before the present one. */
  public int earlierFrames;

  /** Where the vehicle has been standing since {@code restSince}. */
  public BoundingBox restBox;

  public Instant restSince;

  /** JPEG of the plate for the evidence, where it is not stored before the match is known. */
  public byte[] platePicture;

  /** What the reads agree on, with their candidates; null before the first. */
  public PlateRead agreed;

  /** JPEG of the picture of the plate that is worth asking about, or null; a few kB. */
  public byte[] crop;

  public double cropArea;
  public double cropScore;

  /** Whether Gemini was asked; each pass asks once. */
  public boolean asked;

  /** For Flink. */
  public PassDraft() {}

  PassDraft(String passId) {
    this.passId = passId;
  }

  /**
   * Takes a frame in.
   *
   * @return whether it shows the track better than all before
   */
  public boolean add(Sighting sighting, ReadingPolicy policy) {
    frames++;
    if (sighting.read() != null) {
      double area = sighting.detection().plate().box().area();
      readsAtThisSize = policy.isLarger(this, area) ? 1 : readsAtThisSize + 1;
      largestReadArea = Math.max(largestReadArea, area);
      lastReadAt = sighting.capturedAt();
      readCount++;
      reads.add(sighting);
      keepSurest();
    }
    if (best == null || sighting.isBetterThan(best)) {
      best = sighting;
      return true;
    }
    return false;
  }

  private void keepSurest() {
    while (reads.size() > MOST_KEPT) {
      reads.remove(
          Collections.min(
              reads, Comparator.comparingDouble((Sighting s) -> s.read().confidence())));
    }
  }

  /**
   * Joins a draft that turned out to belong to the same vehicle.
   *
   * @return the pictures of the two that show it less well
   */
  Evidence absorb(PassDraft other) {
    if (!knownOutside() && other.knownOutside()) {
      // It is known outside by this id already, and must be finished under it.
      passId = other.passId;
      announced = other.announced;
      asked = other.asked;
    }
    if (other.cropArea > cropArea) {
      crop = other.crop;
      cropArea = other.cropArea;
      cropScore = other.cropScore;
    }
    frames += other.frames;
    reads.addAll(other.reads);
    readCount += other.readCount;
    keepSurest();
    largestReadArea = Math.max(largestReadArea, other.largestReadArea);
    if (lastReadAt == null || other.lastReadAt != null && other.lastReadAt.isAfter(lastReadAt)) {
      lastReadAt = other.lastReadAt;
    }
    if (best == null || other.best != null && other.best.quality() > best.quality()) {
      Evidence mine = evidence;
      best = other.best;
      evidence = other.evidence;
      platePicture = other.platePicture;
      return mine;
    }
    return other.evidence;
  }

  /** Nobody outside knows its id any more: another id takes its place. */
  void forgotten() {
    announced = null;
    asked = false;
  }

  /** Goes on with a pass whose track had broken off. */
  Evidence resume(DormantPass before) {
    Evidence worse = absorb(before.draft());
    PassDraft draft = before.draft();
    firstSeen = draft.firstSeen != null ? draft.firstSeen : before.track().firstSeen();
    firstBox = draft.firstBox != null ? draft.firstBox : before.track().firstBox();
    earlierFrames += draft.earlierFrames + before.track().frames();
    restBox = draft.restBox;
    restSince = draft.restSince;
    return worse;
  }

  /** Whether somebody outside this operator has heard of this pass under its id. */
  boolean knownOutside() {
    return announced != null || asked;
  }

  /**
   * Lets the reads vote. Where one has the form of a plate, lettering that has none (a caption in
   * the picture, a sticker) has no vote, however often it was read.
   */
  void agree(PlateConsensus consensus, PlateGrammar grammar, List<String> regions) {
    List<PlateRead> voters = reads.stream().map(Sighting::read).toList();
    List<PlateRead> plates =
        voters.stream().filter(read -> grammar.follows(read.text(), regions)).toList();
    boolean plateSeen = plates.stream().anyMatch(read -> read.confidence() >= CLEAR_READ);
    ConsensusText vote = consensus.agree(plateSeen ? plates : voters, regions);
    text = vote.text();
    score = vote.confidence();
    agreeingReads = vote.agreeingReads();
    date = vote.date();
    PlateRead winner = vote.winner();
    agreed =
        new PlateRead(
            vote.text(),
            vote.confidence(),
            vote.characterScores(),
            vote.candidates(),
            vote.date(),
            winner == null ? null : winner.country(),
            winner == null ? "local" : winner.reader());
  }

  /** Whether a picture of this plate shows it better than the one that is kept to ask about. */
  boolean worthKeeping(double area, double readScore) {
    return crop == null
        || area > LARGER_CROP * cropArea
        || area * LARGER_CROP > cropArea && readScore > cropScore;
  }

  void keepCrop(byte[] jpeg, double area, double readScore) {
    crop = jpeg;
    cropArea = area;
    cropScore = readScore;
  }

  /** The reads are not sure enough of anything: the plate was seen and not read. */
  void forgetText() {
    text = "";
    date = null;
    agreeingReads = 0;
  }

  /** The frame that gave the winning read: the surest that says what all agree on. */
  Sighting winner() {
    return reads.stream()
        .filter(s -> s.read().text().equals(text))
        .max((a, b) -> Double.compare(a.read().confidence(), b.read().confidence()))
        .orElse(best);
  }
}
