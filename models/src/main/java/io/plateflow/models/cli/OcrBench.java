package io.plateflow.models.cli;

import io.plateflow.models.gemini.GeminiAnswer;
import io.plateflow.models.gemini.GeminiConfig;
import io.plateflow.models.gemini.GeminiRecognizer;
import io.plateflow.models.gemini.LocalBuckets;
import io.plateflow.models.image.JpegEncoder;
import io.plateflow.models.read.PlateReader;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Times the rungs of the reading ladder on the same plates. */
final class OcrBench {

  private static final int JPEG_QUALITY = 90;
  private static final int WARM_UPS = 20;

  /** A plate in a picture; the pixels stay with whoever made it. */
  record Plate(Pixels pixels, BoundingBox box) {}

  private final List<Plate> plates;
  private final List<String> regions;
  private final int rounds;

  /**
   * @param rounds how often each plate is read by a rung of this machine
   */
  OcrBench(List<Plate> plates, List<String> regions, int rounds) {
    this.plates = plates;
    this.regions = regions;
    this.rounds = rounds;
  }

  /** One read after the other, on this thread. */
  RungTimes read(String rung, PlateReader reader) {
    for (int i = 0; i < WARM_UPS; i++) {
      Plate plate = plates.get(i % plates.size());
      reader.read(plate.pixels(), plate.box(), regions);
    }
    double[] millis = new double[rounds * plates.size()];
    int texts = 0;
    long start = System.nanoTime();
    for (int i = 0; i < millis.length; i++) {
      Plate plate = plates.get(i % plates.size());
      long before = System.nanoTime();
      boolean text = !reader.read(plate.pixels(), plate.box(), regions).isEmpty();
      millis[i] = (System.nanoTime() - before) / 1e6;
      texts += text ? 1 : 0;
    }
    return new RungTimes(rung, millis, texts, (System.nanoTime() - start) / 1e9);
  }

  /** Each plate once, all at the same time, as the budget lets them. */
  RungTimes read(GeminiConfig config) {
    List<byte[]> crops =
        plates.stream()
            .map(plate -> JpegEncoder.encode(plate.pixels(), plate.box(), JPEG_QUALITY))
            .toList();
    try (GeminiRecognizer gemini = GeminiRecognizer.open(config, LocalBuckets.budget(config))) {
      long start = System.nanoTime();
      List<CompletableFuture<Timed>> answers = new ArrayList<>();
      for (byte[] crop : crops) {
        long before = System.nanoTime();
        answers.add(
            gemini
                .recognize(crop)
                .thenApply(answer -> new Timed(answer, (System.nanoTime() - before) / 1e6)));
      }
      List<Timed> timed = answers.stream().map(CompletableFuture::join).toList();
      double seconds = (System.nanoTime() - start) / 1e9;
      System.err.println("Gemini: " + gemini.counters());
      return new RungTimes(
          "gemini",
          timed.stream().mapToDouble(Timed::millis).toArray(),
          (int)
              timed.stream().filter(t -> t.answer().outcome() == GeminiAnswer.Outcome.READ).count(),
          seconds);
    }
  }

  private record Timed(GeminiAnswer answer, double millis) {}
}
