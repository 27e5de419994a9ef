package io.plateflow.models.recognition;

import io.plateflow.models.attributes.PlateAttributeExtractor;
import io.plateflow.models.gemini.GeminiAnswer;
import io.plateflow.models.gemini.GeminiRecognizer;
import io.plateflow.models.grammar.GrammarWeights;
import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.models.image.JpegEncoder;
import io.plateflow.models.read.ReadingMode;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks Gemini as the mode wants it; the local result stands in where Gemini gives no text. */
public final class GeminiOpinion implements SecondOpinion {

  /** From this confidence on the local reader is believed alone. */
  private static final double SURE = 0.8;

  /** Added around the plate in the crop that is sent, in parts of its width and height. */
  private static final double MARGIN = 0.1;

  private static final int JPEG_QUALITY = 90;

  private final ReadingMode mode;
  private final GeminiRecognizer gemini;
  private final PlateAttributeExtractor attributes = new PlateAttributeExtractor();
  private final PlateGrammar grammar = new PlateGrammar(GrammarWeights.DEFAULT);

  /**
   * @param gemini stays with the caller
   */
  public GeminiOpinion(ReadingMode mode, GeminiRecognizer gemini) {
    this.mode = mode;
    this.gemini = gemini;
  }

  @Override
  public CompletableFuture<RecognizedPlate> on(
      RecognizedPlate local, Pixels pixels, BoundingBox plateBox, List<String> regions) {
    if (!mode.gemini() || mode == ReadingMode.LOCAL_FIRST && isSettled(local.read(), regions)) {
      return CompletableFuture.completedFuture(local);
    }
    byte[] crop = JpegEncoder.encode(pixels, withMargin(plateBox), JPEG_QUALITY);
    return gemini.recognize(crop).thenApply(answer -> choose(local, answer, regions));
  }

  private boolean isSettled(PlateRead read, List<String> regions) {
    return read.confidence() >= SURE && grammar.follows(read.text(), regions);
  }

  private RecognizedPlate choose(RecognizedPlate local, GeminiAnswer answer, List<String> regions) {
    PlateAttributes seen = answer.attributes();
    if (seen != null) {
      boolean localFits = grammar.follows(local.read().text(), regions);
      boolean geminiFits = grammar.follows(answer.read().text(), regions);
      // Both were unsure, or Gemini would not have been asked first: the grammar may decide.
      return mode == ReadingMode.LOCAL_FIRST && localFits && !geminiFits
          ? local
          : new RecognizedPlate(answer.read(), seen);
    }
    return mode == ReadingMode.GEMINI_ONLY
        ? new RecognizedPlate(answer.read(), attributes.withText(local.attributes(), answer.read()))
        : local;
  }

  private static BoundingBox withMargin(BoundingBox box) {
    return new BoundingBox(
        box.x1() - MARGIN * box.width(),
        box.y1() - MARGIN * box.height(),
        box.x2() + MARGIN * box.width(),
        box.y2() + MARGIN * box.height());
  }
}
