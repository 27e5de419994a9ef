package io.plateflow.jobs.track;

import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.models.track.Track;
import java.util.List;

/** Decides which ended tracks of a film are no passes, and which texts are no reads. */
final class NoiseFilter {

  private final PassConfig config;
  private final PlateGrammar grammar;

  NoiseFilter(PassConfig config, PlateGrammar grammar) {
    this.config = config;
    this.grammar = grammar;
  }

  /** Forgets a text that the reads are not sure enough of. */
  void forgetUnsureText(ReadHistory reads, List<String> regions) {
    // What has no plate's format is lettering of the vehicle or a caption of the camera more often
    // than a plate: it must be as sure as what alerts are sent for.
    double least =
        hasFormat(reads, regions) ? config.reading().minScore() : config.alerts().minScore();
    if (reads.score < least) {
      reads.forgetText();
    }
  }

  /** Whether this track shows neither a vehicle nor a plate; unsure texts are forgotten before. */
  boolean isNoise(Track track, ReadHistory reads, List<String> regions) {
    if (!reads.hasText()) {
      return track.vehicleClass() == null
          || track.frames() < config.tracking().minFrames()
          || track.vehicleScore() < config.tracking().minVehicleScore();
    }
    // Lettering on no vehicle that is no plate's: a sign, a caption of the camera.
    return track.vehicleClass() == null && !hasFormat(reads, regions);
  }

  private boolean hasFormat(ReadHistory reads, List<String> regions) {
    return grammar.follows(reads.text, regions);
  }
}
