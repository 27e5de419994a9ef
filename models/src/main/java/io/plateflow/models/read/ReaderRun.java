package io.plateflow.models.read;

import io.plateflow.models.grammar.CtcBeamSearch;
import io.plateflow.models.grammar.CtcLattice;
import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.models.onnx.OnnxModel;
import io.plateflow.models.onnx.OnnxOutput;
import io.plateflow.models.onnx.OnnxRunner;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateRead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything that one read needs for itself; serves one thread at a time. */
final class ReaderRun implements AutoCloseable {

  private final ReaderConfig config;
  private final ReaderLayout layout;
  private final OnnxRunner runner;
  private final PlateCrop crop;
  private final PlateGrammar grammar;
  private final PlateDecoder decoder;
  private final CtcBeamSearch dateSearch = new CtcBeamSearch(4);

  ReaderRun(ReaderConfig config, OnnxModel model, ReaderLayout layout, PlateGrammar grammar) {
    this.config = config;
    this.layout = layout;
    this.runner = model.newRunner();
    this.crop = new PlateCrop(layout.width(), layout.height());
    this.grammar = grammar;
    this.decoder = new PlateDecoder(config.beamWidth(), grammar, config.grammar());
  }

  /** Looks at one crop after the other until the read is sure. */
  PlateRead read(Pixels pixels, BoundingBox plateBox, List<String> regions) {
    List<CtcLattice> texts = new ArrayList<>();
    List<CtcLattice> dates = new ArrayList<>();
    double[] countries = new double[layout.countries().size()];
    PlateRead read = null;
    for (double margin : config.margins()) {
      crop.write(pixels, plateBox, margin, runner.input(1, 1, layout.height(), layout.width()));
      Map<String, OnnxOutput> outputs = runner.run();
      texts.add(
          lattice(
              outputs.get(ReaderLayout.TEXT),
              2 * layout.lineColumns(),
              layout.lineColumns(),
              ReaderLayout.SYMBOLS));
      if (layout.dateColumns() > 0) {
        dates.add(
            lattice(
                outputs.get(ReaderLayout.DATE),
                layout.dateColumns(),
                layout.dateColumns(),
                ReaderLayout.DATE_SYMBOLS));
      }
      for (int i = 0; i < countries.length; i++) {
        countries[i] += outputs.get(ReaderLayout.COUNTRY).values().get(i);
      }
      read =
          decoder.decode(
              texts,
              dates.isEmpty() ? null : DateLine.read(dates, dateSearch),
              grammar.expectation(regions, shares(countries, texts.size())));
      if (read.confidence() >= config.sureConfidence()) {
        break;
      }
    }
    return read;
  }

  /** What the network takes the plate's country for, as the mean over the crops. */
  private Map<String, Double> shares(double[] sums, int crops) {
    Map<String, Double> shares = new HashMap<>();
    for (int i = 0; i < sums.length; i++) {
      shares.merge(layout.countries().get(i), sums[i] / crops, Double::sum);
    }
    return shares;
  }

  private static CtcLattice lattice(
      OnnxOutput output, int columns, int lineColumns, String symbols) {
    float[] values = new float[columns * (symbols.length() + 1)];
    output.values().get(0, values);
    return new CtcLattice(values, 0, columns, lineColumns, symbols);
  }

  @Override
  public void close() {
    crop.close();
    runner.close();
  }
}
