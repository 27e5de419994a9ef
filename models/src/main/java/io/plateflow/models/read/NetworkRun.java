package io.plateflow.models.read;

import io.plateflow.models.grammar.CtcLattice;
import io.plateflow.models.onnx.OnnxOutput;
import io.plateflow.models.onnx.OnnxOutputs;
import io.plateflow.models.onnx.OnnxRunner;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at crops with one network; serves one thread at a time. */
final class NetworkRun implements AutoCloseable {

  private final OcrLayout layout;
  private final OnnxRunner runner;
  private final PlateCrop crop;

  /**
   * What a network finds in one crop.
   *
   * @param text lattice of both lines
   * @param date lattice of the date line, or null from a network that reads none
   * @param countries share of each country that the network tells apart; empty where it tells none
   * @param slope rise of the first line over the crop's width, in crop heights, downwards positive;
   *     0 from a network that tells none
   */
  record Look(
      CtcLattice text, @Nullable CtcLattice date, Map<String, Double> countries, double slope) {}

  NetworkRun(OcrNetwork network) {
    this.layout = network.layout();
    this.runner = network.model().newRunner();
    this.crop = new PlateCrop(layout.width(), layout.height());
  }

  /**
   * @param margin parts of the box's width and height that are added on every side
   * @param slope of the plate's text by another network; used by those that want it
   */
  Look look(Pixels pixels, BoundingBox plateBox, double margin, double slope) {
    crop.write(
        pixels,
        plateBox,
        margin,
        layout.levelled() ? slope : 0,
        runner.input(1, 1, layout.height(), layout.width()));
    OnnxOutputs outputs = runner.run();
    CtcLattice text =
        lattice(
            outputs.get(OcrLayout.TEXT),
            2 * layout.lineColumns(),
            layout.lineColumns(),
            OcrLayout.SYMBOLS);
    CtcLattice date =
        layout.dateColumns() == 0
            ? null
            : lattice(
                outputs.get(OcrLayout.DATE),
                layout.dateColumns(),
                layout.dateColumns(),
                OcrLayout.DATE_SYMBOLS);
    Map<String, Double> countries = new HashMap<>();
    for (int i = 0; i < layout.countries().size(); i++) {
      double share = outputs.get(OcrLayout.COUNTRY).values().get(i);
      countries.merge(layout.countries().get(i), share, Double::sum);
    }
    double ownSlope = layout.tellsSlope() ? outputs.get(OcrLayout.SLOPE).values().get(0) : 0;
    return new Look(text, date, countries, ownSlope);
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
