package io.plateflow.models.cli;

import io.plateflow.models.ModelException;
import io.plateflow.models.engine.DetectionConfig;
import io.plateflow.models.gemini.GeminiConfig;
import io.plateflow.models.gemini.GeminiRecognizer;
import io.plateflow.models.gemini.LocalBuckets;
import io.plateflow.models.read.PlateReader;
import io.plateflow.models.read.ReadingMode;
import io.plateflow.models.recognition.GeminiOpinion;
import io.plateflow.models.recognition.ImageRecognizer;
import io.plateflow.models.recognition.RecognitionRequest;
import io.plateflow.models.recognition.RecognizedImage;
import io.plateflow.schemas.frame.UnreadableImageException;
import io.plateflow.schemas.geometry.DetectionAreas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A recognizer with everything that the options of a command opened for it. */
final class RecognitionChain implements AutoCloseable {

  // Enough for the compiler to see the hot loops; more would delay the answer for one picture.
  private static final int MAX_WARM_UPS = 8;

  private final ImageRecognizer recognizer;
  private final @Nullable GeminiRecognizer gemini;
  private final RecognitionRequest request;

  /**
   * @param gemini null where Gemini is not asked
   */
  private RecognitionChain(
      ImageRecognizer recognizer, @Nullable GeminiRecognizer gemini, List<String> regions) {
    this.recognizer = recognizer;
    this.gemini = gemini;
    this.request = new RecognitionRequest(regions, DetectionAreas.WHOLE_FRAME);
  }

  static RecognitionChain openLocal(
      DetectionConfig detection, Supplier<PlateReader> reader, List<String> regions) {
    return new RecognitionChain(ImageRecognizer.open(detection, reader), null, regions);
  }

  static RecognitionChain openWithGemini(
      DetectionConfig detection,
      Supplier<PlateReader> reader,
      ReadingMode mode,
      GeminiConfig config,
      List<String> regions) {
    GeminiRecognizer gemini = GeminiRecognizer.open(config, LocalBuckets.budget(config));
    try {
      return new RecognitionChain(
          ImageRecognizer.open(detection, reader, new GeminiOpinion(mode, gemini)),
          gemini,
          regions);
    } catch (RuntimeException e) {
      gemini.close();
      throw e;
    }
  }

  /** Lets the hot code be compiled before anything is timed; not where reading costs money. */
  void warmUp(List<Path> files) {
    if (gemini != null) {
      return;
    }
    for (Path file : files.subList(0, Math.min(MAX_WARM_UPS, files.size()))) {
      try {
        recognize(Files.readAllBytes(file));
      } catch (IOException | UnreadableImageException | ModelException e) {
        // It comes again, and is reported then.
        continue;
      }
    }
  }

  RecognizedImage recognize(byte[] encoded) throws UnreadableImageException {
    return recognizer.recognize(encoded, request);
  }

  @Override
  public void close() {
    recognizer.close();
    if (gemini != null) {
      if (gemini.counters().requests() > 0) {
        // Standard output belongs to the results.
        System.err.println("Gemini: " + gemini.counters());
      }
      gemini.close();
    }
  }
}
