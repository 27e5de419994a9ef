package io.plateflow.models.recognition;

import io.plateflow.models.gemini.GeminiAnswer;
import io.plateflow.models.gemini.GeminiReader;
import io.plateflow.models.grammar.GrammarWeights;
import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.models.image.JpegEncoder;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateRead;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A local reader and Gemini, asked in the order of a choice. What Gemini does not read is local.
 */
public final class GeminiReading implements StillReading {

  /** Below it the local reader is not sure enough to be believed alone. */
  private static final double SURE = 0.8;

  /** Of the plate's width and height, around it in the crop that is sent. */
  private static final double MARGIN = 0.1;

  private static final int JPEG_QUALITY = 90;

  private final OcrChoice choice;
  private final LocalReading local;
  private final GeminiReader gemini;
  private final PlateGrammar grammar = new PlateGrammar(GrammarWeights.DEFAULTS);

  /**
   * @param local closed with this
   * @param gemini closed with this
   */
  public GeminiReading(OcrChoice choice, LocalReading local, GeminiReader gemini) {
    this.choice = choice;
    this.local = local;
    this.gemini = gemini;
  }

  @Override
  public CompletableFuture<Result> read(Pixels pixels, BoundingBox plateBox, List<String> regions) {
    Result here = local.readNow(pixels, plateBox, regions);
    if (choice == OcrChoice.LOCAL_FIRST && settled(here.read(), regions)) {
      return CompletableFuture.completedFuture(here);
    }
    byte[] crop = JpegEncoder.encode(pixels, withMargin(plateBox), JPEG_QUALITY);
    return gemini.read(crop).thenApply(answer -> choose(here, answer, regions));
  }

  private boolean settled(PlateRead read, List<String> regions) {
    return read.confidence() >= SURE && grammar.follows(read.text(), regions);
  }

  private Result choose(Result here, GeminiAnswer answer, List<String> regions) {
    if (answer.outcome() == GeminiAnswer.Outcome.READ) {
      boolean localFits = grammar.follows(here.read().text(), regions);
      boolean geminiFits = grammar.follows(answer.read().text(), regions);
      // Both were unsure, or Gemini would not have been asked first: the grammar may decide.
      return choice == OcrChoice.LOCAL_FIRST && localFits && !geminiFits
          ? here
          : new Result(answer.read(), answer.attributes());
    }
    return choice == OcrChoice.GEMINI_ONLY
        ? new Result(answer.read(), local.attributes().retold(here.attributes(), answer.read()))
        : here;
  }

  private static BoundingBox withMargin(BoundingBox box) {
    return new BoundingBox(
        box.x1() - MARGIN * box.width(),
        box.y1() - MARGIN * box.height(),
        box.x2() + MARGIN * box.width(),
        box.y2() + MARGIN * box.height());
  }

  @Override
  public boolean asksOthers() {
    return true;
  }

  @Override
  public void close() {
    if (gemini.counters().requests() > 0) {
      // Standard output belongs to the results.
      System.err.println("Gemini: " + gemini.counters());
    }
    gemini.close();
    local.close();
  }
}
