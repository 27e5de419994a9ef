package io.plateflow.api.platerecognizer;

import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.plate.PlateRead;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What counts of a picture, by the configuration of a request. */
final class Selection implements UnaryOperator<List<PlateOnVehicle>> {

  private final EngineConfig config;
  private final List<String> countries;
  private final PlateGrammar grammar;

  Selection(EngineConfig config, List<String> countries, PlateGrammar grammar) {
    this.config = config;
    this.countries = countries;
    this.grammar = grammar;
  }

  /** Vehicles stay without their plate where it does not count; plates alone go. */
  @Override
  public List<PlateOnVehicle> apply(List<PlateOnVehicle> found) {
    List<PlateOnVehicle> kept = new ArrayList<>();
    for (PlateOnVehicle each : found) {
      PairedDetection pair = each.detection();
      if (pair.plate() == null || counts(each)) {
        kept.add(each);
      } else if (pair.vehicle() != null) {
        kept.add(
            new PlateOnVehicle(
                new PairedDetection(pair.vehicle(), null, null, 0, false), null, null));
      }
    }
    return kept;
  }

  private boolean counts(PlateOnVehicle each) {
    PlateRead read = each.read();
    if (read == null || config.strictDetection() && each.detection().vehicle() == null) {
      return false;
    }
    if (config.redaction()) {
      // Whatever could be a plate is to be made unreadable, whether it can be read or not.
      return true;
    }
    return !read.isEmpty()
        && read.confidence() >= config.reading()
        && (!config.strictRegion() || grammar.follows(read.text(), countries));
  }
}
