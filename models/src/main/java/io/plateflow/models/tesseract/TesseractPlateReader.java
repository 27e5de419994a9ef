package io.plateflow.models.tesseract;

import io.plateflow.models.grammar.GrammarWeights;
import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.models.grammar.PlateMatch;
import io.plateflow.models.image.PixelRegion;
import io.plateflow.models.image.PixelView;
import io.plateflow.models.read.PlateReader;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateRead;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Reads plates with Tesseract: slower and weaker than the local reader, but made from other data,
 * so that it sometimes reads what that one cannot.
 */
public final class TesseractPlateReader implements PlateReader {

  private static final String READER = "tesseract";

  /** Plates taller than this part of their width are taken for two-line ones. */
  private static final double TWO_LINES = 0.55;

  // Tesseract is sure of words in print, not of plates: what no format allows is mostly wrong.
  private static final double WITH_FORMAT = 0.6;
  private static final double WITHOUT_FORMAT = 0.2;

  private static final int SHORTEST_TEXT = 3;
  private static final int LONGEST_TEXT = 10;

  private final TessData data;
  private final PlateGrammar grammar = new PlateGrammar(GrammarWeights.DEFAULT);
  private final ConcurrentLinkedQueue<TesseractEngine> idle = new ConcurrentLinkedQueue<>();

  private TesseractPlateReader(TessData data) {
    this.data = data;
  }

  /**
   * @throws io.plateflow.models.ModelException where Tesseract or its data cannot be loaded
   */
  public static TesseractPlateReader open() {
    TesseractPlateReader reader = new TesseractPlateReader(TessData.unpacked());
    reader.idle.add(new TesseractEngine(reader.data));
    return reader;
  }

  @Override
  public PlateRead read(Pixels pixels, BoundingBox plateBox, List<String> regions) {
    TesseractEngine engine = idle.poll();
    if (engine == null) {
      engine = new TesseractEngine(data);
    }
    try (PixelView view = PixelView.of(pixels);
        Mat plate = view.part(PixelRegion.covering(plateBox, pixels))) {
      boolean twoLines = plateBox.height() > TWO_LINES * plateBox.width();
      TesseractEngine.Lines lines = engine.read(plate, twoLines);
      return read(lines, regions);
    } finally {
      idle.add(engine);
    }
  }

  private PlateRead read(TesseractEngine.Lines lines, List<String> regions) {
    String text = lines.text();
    if (text.length() < SHORTEST_TEXT || text.length() > LONGEST_TEXT) {
      return PlateRead.nothing(READER);
    }
    PlateMatch match = grammar.match(text, regions);
    double mean = 0;
    for (float score : lines.scores()) {
      mean += score / text.length();
    }
    double confidence = mean * (match == null ? WITHOUT_FORMAT : WITH_FORMAT);
    return new PlateRead(
        text,
        confidence,
        lines.scores(),
        List.of(new PlateRead.Candidate(text, confidence)),
        null,
        match == null ? null : match.country(),
        READER);
  }

  @Override
  public void close() {
    for (TesseractEngine e = idle.poll(); e != null; e = idle.poll()) {
      e.close();
    }
  }
}
