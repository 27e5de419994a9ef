package io.plateflow.models.recognition;

import io.plateflow.models.ModelException;
import io.plateflow.models.engine.DetectionConfig;
import io.plateflow.models.engine.DetectionEngine;
import io.plateflow.models.engine.FrameDetections;
import io.plateflow.models.image.ImageDecoder;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.frame.UnreadableImageException;
import io.plateflow.schemas.geometry.BoundingBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** The whole chain on one picture: decode, detect, pair, read. */
public final class ImageRecognizer implements AutoCloseable {

  // Enough for the compiler to see the hot loops; more would be felt by who asks for one picture.
  private static final int MOST_WARM_UPS = 8;

  private final ImageDecoder decoder = new ImageDecoder();
  private final DetectionEngine engine;
  private final StillReading reader;
  private final List<String> regions;

  private ImageRecognizer(DetectionEngine engine, StillReading reader, List<String> regions) {
    this.engine = engine;
    this.reader = reader;
    this.regions = regions;
  }

  public static ImageRecognizer open(
      DetectionConfig detection, Supplier<StillReading> reader, List<String> regions) {
    DetectionEngine engine = DetectionEngine.open(detection);
    try {
      return new ImageRecognizer(engine, reader.get(), regions);
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  /** Has the hot code compiled before anything is timed; not where reading costs something. */
  public void warmUp(List<Path> files) {
    if (reader.asksOthers()) {
      return;
    }
    for (Path file : files.subList(0, Math.min(MOST_WARM_UPS, files.size()))) {
      try {
        recognize(Files.readAllBytes(file));
      } catch (IOException | UnreadableImageException | ModelException e) {
        // It comes again, and is reported then.
        continue;
      }
    }
  }

  public Pixels decode(byte[] encoded) throws UnreadableImageException {
    return decoder.decode(encoded);
  }

  public RecognizedImage recognize(byte[] encoded) throws UnreadableImageException {
    long start = System.nanoTime();
    Pixels pixels = decode(encoded);
    try {
      double decodeMillis = millisSince(start);
      FrameDetections found = detect(pixels);
      long readStart = System.nanoTime();
      List<CompletableFuture<PlateOnVehicle>> reads = new ArrayList<>();
      for (PairedDetection detection : found.detections()) {
        reads.add(read(pixels, detection));
      }
      List<PlateOnVehicle> read =
          orWholePicture(pixels, reads.stream().map(CompletableFuture::join).toList());
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

  /** Where the plates of a picture are, as they would be read. */
  public List<BoundingBox> plates(byte[] encoded) throws UnreadableImageException {
    return recognize(encoded).detections().stream()
        .filter(found -> found.detection().plate() != null)
        .map(found -> found.detection().plate().box())
        .toList();
  }

  private FrameDetections detect(Pixels pixels) {
    try {
      return engine.detect(pixels, List.of()).join();
    } catch (CompletionException e) {
      throw new ModelException(e.getCause().getMessage(), e);
    }
  }

  private CompletableFuture<PlateOnVehicle> read(Pixels pixels, PairedDetection detection) {
    if (detection.plate() == null) {
      return CompletableFuture.completedFuture(new PlateOnVehicle(detection, null, null));
    }
    return reader
        .read(pixels, detection.plate().box(), regions)
        .thenApply(result -> new PlateOnVehicle(detection, result.read(), result.attributes()));
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
    StillReading.Result whole = reader.read(pixels, box, regions).join();
    double confidence = whole.read().confidence();
    if (!PlatePicture.stands(confidence, best)) {
      return read;
    }
    Detection plate = new Detection("plate", confidence, box);
    return List.of(
        new PlateOnVehicle(
            new PairedDetection(null, plate, null, 0, false), whole.read(), whole.attributes()));
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
