package io.plateflow.models.read;

import io.plateflow.models.grammar.CtcBeamSearch;
import io.plateflow.models.grammar.CtcLattice;
import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateRead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything that one read needs for itself; serves one thread at a time. */
final class OcrRun implements AutoCloseable {

  private final ReaderConfig config;
  private final List<NetworkRun> networks;
  private final PlateGrammar grammar;
  private final PlateDecoder decoder;
  private final CtcBeamSearch dateSearch = new CtcBeamSearch(4);

  OcrRun(ReaderConfig config, List<OcrNetwork> networks, PlateGrammar grammar) {
    this.config = config;
    this.networks = networks.stream().map(NetworkRun::new).toList();
    this.grammar = grammar;
    this.decoder = new PlateDecoder(config.beamWidth(), grammar, config.grammar());
  }

  /**
   * Takes one look after the other until the read is sure: one crop with each network, further ones
   * with the last.
   */
  PlateRead read(Pixels pixels, BoundingBox plateBox, List<String> regions) {
    List<NetworkRun.Look> looks = new ArrayList<>();
    List<PlateDecoder.Searched> texts = new ArrayList<>();
    List<CtcLattice> dates = new ArrayList<>();
    String date = null;
    PlateRead read = PlateRead.nothing(PlateDecoder.READER);
    for (int i = 0; i < config.margins().size(); i++) {
      NetworkRun network = networks.get(Math.min(i, networks.size() - 1));
      // The first network tells the slope; margins do not change it.
      double slope = looks.isEmpty() ? 0 : looks.get(0).slope();
      NetworkRun.Look look = network.look(pixels, plateBox, config.margins().get(i), slope);
      looks.add(look);
      texts.add(decoder.search(look.text()));
      if (look.date() != null) {
        dates.add(look.date());
        date = DateLine.read(dates, dateSearch);
      }
      read = decoder.decode(texts, date, grammar.expectation(regions, countries(looks)));
      if (read.confidence() >= config.sureConfidence()) {
        return read;
      }
    }
    return read;
  }

  /** What the networks take the plate's country for, as the mean over those looks that tell. */
  private static Map<String, Double> countries(List<NetworkRun.Look> looks) {
    List<Map<String, Double>> known =
        looks.stream().map(NetworkRun.Look::countries).filter(c -> !c.isEmpty()).toList();
    Map<String, Double> mean = new HashMap<>();
    for (Map<String, Double> shares : known) {
      shares.forEach((country, share) -> mean.merge(country, share / known.size(), Double::sum));
    }
    return mean;
  }

  @Override
  public void close() {
    networks.forEach(NetworkRun::close);
  }
}
