package io.plateflow.models.recognition;

import io.plateflow.models.ModelException;
import io.plateflow.models.engine.DetectionConfig;
import io.plateflow.models.engine.DetectionEngine;
import io.plateflow.models.engine.DetectorModels;
import io.plateflow.models.engine.FrameDetections;
import io.plateflow.models.image.ImageDecoder;
import io.plateflow.models.read.LocalPlateReader;
import io.plateflow.models.read.PlateReader;
import io.plateflow.models.read.ReaderConfig;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.frame.UnreadableImageException;
import io.plateflow.schemas.geometry.BoundingBox;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Recognizes vehicles and plates in single pictures: decodes, detects, pairs, reads, and asks a
 * second opinion where there is one. Any number of threads may call it at the same time.
 *
 * <pre>{@code
 * try (ImageRecognizer recognizer =
 *     ImageRecognizer.open(
 *         DetectionConfig.DEFAULT, () -> LocalPlateReader.open(ReaderConfig.DEFAULT))) {
 *   RecognizedImage image = recognizer.recognize(jpeg, RecognitionRequest.DEFAULT);
 * }
 * }</pre>
 */
public final class ImageRecognizer implements AutoCloseable {

  private final ImageDecoder decoder;
  private final DetectionEngine engine;
  private final StillDetector detector;
  private final PlateRecognizer plates;
  private final SecondOpinion secondOpinion;

  private ImageRecognizer(
      ImageDecoder decoder,
      DetectionEngine engine,
      PlateReader reader,
      SecondOpinion secondOpinion) {
    this.decoder = decoder;
    this.engine = engine;
    this.detector = new StillDetector(engine, reader);
    this.plates = new PlateRecognizer(reader);
    this.secondOpinion = secondOpinion;
  }

  /**
   * Opens a recognizer that reads on this machine alone.
   *
   * @param reader opens the reader, which is closed with the recognizer
   * @throws ModelException where a model is missing or of the wrong kind
   */
  public static ImageRecognizer open(DetectionConfig detection, Supplier<PlateReader> reader) {
    return open(detection, reader, SecondOpinion.NONE);
  }

  /**
   * Opens a recognizer that asks a second opinion on what was read on this machine.
   *
   * @param reader opens the reader, which is closed with the recognizer
   * @param secondOpinion stays with the caller
   * @throws ModelException where a model is missing or of the wrong kind
   */
  public static ImageRecognizer open(
      DetectionConfig detection, Supplier<PlateReader> reader, SecondOpinion secondOpinion) {
    DetectionEngine engine = DetectionEngine.open(detection);
    try {
      return new ImageRecognizer(new ImageDecoder(), engine, reader.get(), secondOpinion);
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  /**
   * Opens a recognizer on the engine and the reader that this process has for these settings, which
   * it shares with the cameras of the process.
   *
   * @param maxPixels largest picture that is decoded
   * @throws ModelException where a model is missing or of the wrong kind
   */
  public static ImageRecognizer shared(
      DetectionConfig detection, ReaderConfig reader, long maxPixels) {
    PlateReader shared = LocalPlateReader.shared(reader);
    return new ImageRecognizer(
        new ImageDecoder(maxPixels), DetectionEngine.shared(detection), shared, SecondOpinion.NONE);
  }

  /** Makes something of a result while its picture is still there. */
  @FunctionalInterface
  public interface WithPixels<T> {

    /**
     * @param pixels upright; valid until this returns
     */
    T make(Pixels pixels, RecognizedImage image);
  }

  /**
   * Recognizes an encoded picture.
   *
   * @param encoded JPEG, PNG, WebP or BMP
   * @throws UnreadableImageException where it cannot be decoded
   * @throws ModelException where a model fails on it
   */
  public RecognizedImage recognize(byte[] encoded, RecognitionRequest request)
      throws UnreadableImageException {
    return recognize(encoded, request, (pixels, image) -> image);
  }

  /** The same, and what is made of it. */
  public <T> T recognize(byte[] encoded, RecognitionRequest request, WithPixels<T> then)
      throws UnreadableImageException {
    return decoded(
        encoded,
        then,
        (pixels, decodeMillis, start) -> {
          FrameDetections found = detect(pixels, request);
          long readStart = System.nanoTime();
          // All are asked for before any is waited for, so that they share a request.
          List<CompletableFuture<PlateOnVehicle>> results = new ArrayList<>();
          for (PairedDetection detection : found.detections()) {
            results.add(recognize(pixels, detection, request.regions()));
          }
          List<PlateOnVehicle> detections = results.stream().map(CompletableFuture::join).toList();
          return image(
              pixels, detections, decodeMillis, found, millisSince(readStart), millisSince(start));
        });
  }

  /**
   * Finds vehicles and plates without reading any.
   *
   * @throws UnreadableImageException where the picture cannot be decoded
   * @throws ModelException where a model fails on it
   */
  public <T> T detect(byte[] encoded, RecognitionRequest request, WithPixels<T> then)
      throws UnreadableImageException {
    return decoded(
        encoded,
        then,
        (pixels, decodeMillis, start) -> {
          FrameDetections found = detect(pixels, request);
          List<PlateOnVehicle> detections =
              found.detections().stream().map(PlateOnVehicle::unread).toList();
          return image(pixels, detections, decodeMillis, found, 0, millisSince(start));
        });
  }

  /**
   * Reads a picture that shows one plate and nothing else, without seeking it; how sure the read is
   * counts as the score of the plate.
   *
   * @param regions expected countries, ISO 3166 lower case, most likely first; empty means any
   * @throws UnreadableImageException where the picture cannot be decoded
   * @throws ModelException where a model fails on it
   */
  public <T> T recognizePlate(byte[] encoded, List<String> regions, WithPixels<T> then)
      throws UnreadableImageException {
    return decoded(
        encoded,
        then,
        (pixels, decodeMillis, start) -> {
          long readStart = System.nanoTime();
          BoundingBox whole = PlatePicture.whole(pixels);
          RecognizedPlate plate = recognize(pixels, whole, regions).join();
          PairedDetection detection = PlatePicture.detection(pixels, plate.read().confidence());
          return image(
              pixels,
              List.of(PlateOnVehicle.of(detection, plate)),
              decodeMillis,
              new FrameDetections(List.of(detection), 0, 0),
              millisSince(readStart),
              millisSince(start));
        });
  }

  private interface Recognition {
    RecognizedImage of(Pixels pixels, double decodeMillis, long startNanos);
  }

  private <T> T decoded(byte[] encoded, WithPixels<T> then, Recognition recognition)
      throws UnreadableImageException {
    long start = System.nanoTime();
    Pixels pixels = decoder.decode(encoded);
    try {
      return then.make(pixels, recognition.of(pixels, millisSince(start), start));
    } finally {
      pixels.release();
    }
  }

  private static RecognizedImage image(
      Pixels pixels,
      List<PlateOnVehicle> detections,
      double decodeMillis,
      FrameDetections found,
      double readMillis,
      double totalMillis) {
    return new RecognizedImage(
        pixels.width(),
        pixels.height(),
        detections,
        decodeMillis,
        found.vehicleMillis(),
        found.plateMillis(),
        readMillis,
        totalMillis);
  }

  private FrameDetections detect(Pixels pixels, RecognitionRequest request) {
    try {
      return detector.detect(pixels, request).join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ModelException(String.valueOf(cause.getMessage()), e);
    }
  }

  private CompletableFuture<PlateOnVehicle> recognize(
      Pixels pixels, PairedDetection detection, List<String> regions) {
    if (detection.plate() == null) {
      return CompletableFuture.completedFuture(PlateOnVehicle.unread(detection));
    }
    return recognize(pixels, detection.plate().box(), regions)
        .thenApply(plate -> PlateOnVehicle.of(detection, plate));
  }

  private CompletableFuture<RecognizedPlate> recognize(
      Pixels pixels, BoundingBox box, List<String> regions) {
    return secondOpinion.on(plates.recognize(pixels, box, regions), pixels, box, regions);
  }

  /** What it detects with. */
  public DetectorModels detectors() {
    return engine.models();
  }

  private static double millisSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e6;
  }

  @Override
  public void close() {
    engine.close();
    plates.close();
  }
}
