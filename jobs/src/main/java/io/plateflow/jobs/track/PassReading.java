package io.plateflow.jobs.track;

import io.plateflow.jobs.reading.PlateReading;
import io.plateflow.models.consensus.PlateConsensus;
import io.plateflow.models.engine.FrameDetections;
import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.models.recognition.RecognizedPlate;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.frame.Frame;
import java.util.List;

/** Reads the plate of a pass where the policy wants a read, and lets its reads vote. */
final class PassReading {

  /** Half: the reads have been weighed by the grammar once already. */
  private static final double CONSENSUS_GRAMMAR_WEIGHT = 0.5;

  private final ReadingPolicy policy;
  private final PlateReading reading;
  private final PlateGrammar grammar;
  private final PlateConsensus consensus;

  PassReading(ReadingPolicy policy, PlateReading reading, PlateGrammar grammar) {
    this.policy = policy;
    this.reading = reading;
    this.grammar = grammar;
    this.consensus = new PlateConsensus(grammar, CONSENSUS_GRAMMAR_WEIGHT);
  }

  /**
   * The frame as it shows this pass, with a read where one is wanted.
   *
   * @param found everything on the frame
   * @param detection the pass's vehicle and plate on it
   */
  Sighting sighting(
      PassDraft draft, Frame frame, FrameDetections found, PairedDetection detection) {
    RecognizedPlate read = null;
    long begun = System.nanoTime();
    Detection plate = detection.plate();
    if (plate != null && policy.wants(draft.reads, plate.box().area(), frame.capturedAt())) {
      read = reading.read(frame, plate);
    }
    double readMillis = (System.nanoTime() - begun) / 1e6;
    return new Sighting(
        frame.capturedAt(),
        frame.pixels().width(),
        frame.pixels().height(),
        detection,
        read == null ? null : read.read(),
        read == null ? null : read.attributes(),
        found.vehicleMillis() + found.plateMillis() + readMillis);
  }

  /** Lets the reads vote anew, after one has come or two drafts were joined. */
  void vote(PassDraft draft, List<String> regions) {
    draft.reads.vote(consensus, grammar, regions);
  }
}
