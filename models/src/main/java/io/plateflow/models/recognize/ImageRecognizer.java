package io.plateflow.models.recognize;

import io.plateflow.models.ModelException;
import io.plateflow.models.attributes.AttributeReader;
import io.plateflow.models.engine.DetectionConfig;
import io.plateflow.models.engine.DetectionEngine;
import io.plateflow.models.engine.FrameDetections;
import io.plateflow.models.image.ImageDecoder;
import io.plateflow.models.read.PlateReader;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.frame.UnreadableImageException;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** The whole chain on one picture: decode, detect, pair, read. */
final class ImageRecognizer implements AutoCloseable {

  // Enough for the compiler to see the hot loops; more would be felt by who asks for one picture.
  private static final int MOST_WARM_UPS = 8;

  private final ImageDecoder decoder = new ImageDecoder();
  private final DetectionEngine engine;
  private final PlateReader reader;
  private final AttributeReader attributes = new AttributeReader();
  private final List<String> regions;

  private ImageRecognizer(DetectionEngine engine, PlateReader reader, List<String> regions) {
    this.engine = engine;
    this.reader = reader;
    this.regions = regions;
  }

  static ImageRecognizer open(
      DetectionConfig detection, Supplier<PlateReader> reader, List<String> regions) {
    DetectionEngine engine = DetectionEngine.open(detection);
    try {
      return new ImageRecognizer(engine, reader.get(), regions);
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  /** Has the hot code compiled before anything is timed. */
  void warmUp(List<Path> files) {
    for (Path file : files.subList(0, Math.min(MOST_WARM_UPS, files.size()))) {
      try {
        recognize(Files.readAllBytes(file));
      } catch (IOException | UnreadableImageException | ModelException e) {
        // It comes again, and is reported then.
        continue;
      }
    }
  }

  Pixels decode(byte[] encoded) throws UnreadableImageException {
    return decoder.decode(encoded);
  }

  RecognizedImage recognize(byte[] encoded) throws UnreadableImageException {
    long start = System.nanoTime();
    Pixels pixels = decode(encoded);
    try {
      double decodeMillis = millisSince(start);
      FrameDetections found = detect(pixels);
      long readStart = System.nanoTime();
      List<PlateOnVehicle> read = new ArrayList<>();
      for (PairedDetection detection : found.detections()) {
        read.add(read(pixels, detection));
      }
      read = orWholePicture(pixels, read);
      return new RecognizedImage(
          pixels.width(),
          pixels.height(),
          List.copyOf(read),
          decodeMillis,
          found.vehicleMillis(),
          found.plateMillis(),
          millisSince(readStart),
          millisSince(start));
    } finally {
      pixels.release();
    }
  }

  private FrameDetections detect(Pixels pixels) {
    try {
      return engine.detect(pixels, List.of()).join();
    } catch (CompletionException e) {
      throw new ModelException(e.getCause().getMessage(), e);
    }
  }

  private PlateOnVehicle read(Pixels pixels, PairedDetection detection) {
    if (detection.plate() == null) {
      return new PlateOnVehicle(detection, null, null);
    }
    PlateRead read = reader.read(pixels, detection.plate().box(), regions);
    return new PlateOnVehicle(
        detection, read, attributes.attributes(pixels, detection.plate().box(), read));
  }

  /** What was read, or the one plate that fills the picture. */
  private List<PlateOnVehicle> orWholePicture(Pixels pixels, List<PlateOnVehicle> read) {
    double best =
        read.stream()
            .filter(r -> r.read() != null)
            .mapToDouble(r -> r.read().confidence())
            .max()
            .orElse(0);
    if (!PlatePicture.isWorthReading(pixels, best)) {
      return read;
    }
    BoundingBox box = PlatePicture.whole(pixels);
    PlateRead whole = reader.read(pixels, box, regions);
    if (!PlatePicture.stands(whole.confidence(), best)) {
      return read;
    }
    Detection plate = new Detection("plate", whole.confidence(), box);
    return List.of(
        new PlateOnVehicle(
            new PairedDetection(null, plate, null, 0, false),
            whole,
            attributes.attributes(pixels, box, whole)));
  }

  private static double millisSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e6;
  }

  @Override
  public void close() {
    engine.close();
    reader.close();
  }
}
