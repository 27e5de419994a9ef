package io.plateflow.jobs.track;

import io.plateflow.models.consensus.ConsensusText;
import io.plateflow.models.consensus.PlateConsensus;
import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.schemas.plate.PlateLook;
import io.plateflow.schemas.plate.PlateRead;
import io.plateflow.schemas.plate.RungRead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The reads of one pass and what they agree on. A Flink POJO: kept in keyed state. */
public final class ReadHistory {

  private static final int MOST_KEPT = 16;

  /** A read this sure is no accident, 0..1. */
  private static final double CLEAR_READ = 0.3;

  /** The surest frames that were read, oldest first. */
  public List<Sighting> kept = new ArrayList<>();

  /** All reads, those that were not kept among them. */
  public int count;

  public int countAtThisSize;
  public double largestArea;

  /** Capture time of the last read; null before the first. */
  public @Nullable Instant lastAt;

  /** What the reads agree on so far; empty before the first. */
  public String text = "";

  public double score;
  public int agreeing;

  /** {@code MM.YY} of the small line, or null. */
  public @Nullable String date;

  /** What the reads agree on, with their candidates; null before the first. */
  public @Nullable PlateRead agreed;

  /** Which of those that are kept had a vote, by their place; null in state of before. */
  public List<Integer> voters = new ArrayList<>();

  /** For Flink. */
  public ReadHistory() {}

  boolean isEmpty() {
    return kept.isEmpty();
  }

  boolean hasText() {
    return !text.isEmpty();
  }

  /** Adds a frame whose plate was read. */
  void add(Sighting sighting, ReadingPolicy policy) {
    double area = sighting.requirePlate().box().area();
    countAtThisSize = policy.isLarger(this, area) ? 1 : countAtThisSize + 1;
    largestArea = Math.max(largestArea, area);
    lastAt = sighting.capturedAt();
    count++;
    kept.add(sighting);
    keepSurest();
  }

  /** Adds the reads of another draft of the same vehicle; {@link #vote} comes after it. */
  void addAll(ReadHistory other) {
    kept.addAll(other.kept);
    count += other.count;
    keepSurest();
    largestArea = Math.max(largestArea, other.largestArea);
    if (lastAt == null || other.lastAt != null && other.lastAt.isAfter(lastAt)) {
      lastAt = other.lastAt;
    }
  }

  private void keepSurest() {
    while (kept.size() > MOST_KEPT) {
      kept.remove(
          Collections.min(
              kept, Comparator.comparingDouble((Sighting s) -> s.requireRead().confidence())));
    }
  }

  /**
   * Lets the reads vote. Where one has the form of a plate, lettering that has none (a caption in
   * the picture, a sticker) has no vote, however often it was read.
   */
  void vote(PlateConsensus consensus, PlateGrammar grammar, List<String> regions) {
    List<Integer> plates = new ArrayList<>();
    boolean plateSeen = false;
    for (int i = 0; i < kept.size(); i++) {
      PlateRead read = kept.get(i).requireRead();
      if (grammar.follows(read.text(), regions)) {
        plates.add(i);
        plateSeen |= read.confidence() >= CLEAR_READ;
      }
    }
    voters = plateSeen ? plates : IntStream.range(0, kept.size()).boxed().toList();
    ConsensusText vote =
        consensus.agree(voters.stream().map(i -> kept.get(i).requireRead()).toList(), regions);
    text = vote.text();
    score = vote.confidence();
    agreeing = vote.agreeingReads();
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

  /** The reads are not sure enough of anything: the plate was seen and not read. */
  void forgetText() {
    text = "";
    date = null;
    agreeing = 0;
  }

  /** The surest looks with a vote, so many at most, in the order of their capture. */
  List<PlateLook> looks(int most) {
    List<Integer> voted = voters == null ? List.of() : voters;
    return voted.stream()
        .map(kept::get)
        .filter(look -> !look.requireRead().isEmpty())
        .sorted(Comparator.comparingDouble((Sighting s) -> s.requireRead().confidence()).reversed())
        .limit(most)
        .sorted(Comparator.comparing(Sighting::capturedAt))
        .map(look -> new PlateLook(look.capturedAt(), RungRead.of(look.requireRead())))
        .toList();
  }

  /** The frame that gave the winning read: the surest with the text that all agree on. */
  Optional<Sighting> winner() {
    return kept.stream()
        .filter(s -> s.requireRead().text().equals(text))
        .max(Comparator.comparingDouble(s -> s.requireRead().confidence()));
  }
}
