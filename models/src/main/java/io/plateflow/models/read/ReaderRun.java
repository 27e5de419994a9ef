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
import java.nio.FloatBuffer;
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

  PlateRead read(Pixels pixels, BoundingBox plateBox, List<String> regions) {
    int crops = config.margins().size();
    FloatBuffer input = runner.input(crops, 1, layout.height(), layout.width());
    int size = layout.width() * layout.height();
    for (int i = 0; i < crops; i++) {
      crop.write(pixels, plateBox, config.margins().get(i), input.slice(i * size, size));
    }
    Map<String, OnnxOutput> outputs = runner.run();
    List<CtcLattice> lattices =
        lattices(
            outputs.get(ReaderLayout.TEXT),
            crops,
            2 * layout.lineColumns(),
            layout.lineColumns(),
            ReaderLayout.SYMBOLS);
    return decoder.decode(
        lattices, date(outputs, crops), grammar.expectation(regions, countries(outputs, crops)));
  }

  private String date(Map<String, OnnxOutput> outputs, int crops) {
    if (layout.dateColumns() == 0) {
      return null;
    }
    List<CtcLattice> lattices =
        lattices(
            outputs.get(ReaderLayout.DATE),
            crops,
            layout.dateColumns(),
            layout.dateColumns(),
            ReaderLayout.DATE_SYMBOLS);
    return DateLine.read(lattices, dateSearch);
  }

  /** What the network takes the plate's country for, as the mean over the crops. */
  private Map<String, Double> countries(Map<String, OnnxOutput> outputs, int crops) {
    Map<String, Double> seen = new HashMap<>();
    int count = layout.countries().size();
    for (int i = 0; i < crops * count; i++) {
      double share = outputs.get(ReaderLayout.COUNTRY).values().get(i) / crops;
      seen.merge(layout.countries().get(i % count), share, Double::sum);
    }
    return seen;
  }

  private static List<CtcLattice> lattices(
      OnnxOutput output, int crops, int columns, int lineColumns, String symbols) {
    float[] values = new float[output.values().capacity()];
    output.values().get(0, values);
    List<CtcLattice> lattices = new ArrayList<>(crops);
    for (int i = 0; i < crops; i++) {
      lattices.add(
          new CtcLattice(
              values, i * columns * (symbols.length() + 1), columns, lineColumns, symbols));
    }
    return lattices;
  }

  @Override
  public void close() {
    crop.close();
    runner.close();
  }
}
