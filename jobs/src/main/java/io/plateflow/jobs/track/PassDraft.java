package io.plateflow.jobs.track;

import io.plateflow.models.consensus.ConsensusRead;
import io.plateflow.models.consensus.PlateConsensus;
import io.plateflow.schemas.pass.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is known of a pass while its track is alive. A Flink POJO: kept in keyed state. */
public final class PassDraft {

  /** Derived from camera, capture time of the first frame and track number. */
  public String passId;

  public int frames;

  /** Frames that were read, oldest first. */
  public List<Sighting> reads = new ArrayList<>();

  /** The frame that shows the track best. */
  public Sighting best;

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
  boolean add(Sighting sighting) {
    frames++;
    if (sighting.read() != null) {
      reads.add(sighting);
      largestReadArea = Math.max(largestReadArea, sighting.detection().plate().box().area());
      lastReadAt = sighting.capturedAt();
    }
    if (best == null || sighting.quality() > best.quality()) {
      best = sighting;
      return true;
    }
    return false;
  }

  /** Joins a draft that turned out to belong to the same vehicle. */
  void absorb(PassDraft other) {
    frames += other.frames;
    reads.addAll(other.reads);
    largestReadArea = Math.max(largestReadArea, other.largestReadArea);
    if (lastReadAt == null || other.lastReadAt != null && other.lastReadAt.isAfter(lastReadAt)) {
      lastReadAt = other.lastReadAt;
    }
    if (best == null || other.best != null && other.best.quality() > best.quality()) {
      best = other.best;
      evidence = other.evidence;
    }
  }

  /** Lets the reads vote. */
  void agree(PlateConsensus consensus, List<String> regions) {
    ConsensusRead agreed = consensus.agree(reads.stream().map(Sighting::read).toList(), regions);
    text = agreed.text();
    score = agreed.confidence();
    agreeingReads = agreed.agreeingReads();
    date = agreed.date();
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
