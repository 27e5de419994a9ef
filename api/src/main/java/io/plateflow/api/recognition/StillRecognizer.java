package io.plateflow.api.recognition;

import io.plateflow.api.http.BodyLimits;
import io.plateflow.api.http.Refusal;
import io.plateflow.clients.http.StillsConfig;
import io.plateflow.models.ModelException;
import io.plateflow.models.engine.DetectionConfig;
import io.plateflow.models.engine.DetectorModels;
import io.plateflow.models.read.ReaderConfig;
import io.plateflow.models.recognition.ImageRecognizer;
import io.plateflow.schemas.frame.UnreadableImageException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Recognizes pictures, a bounded number at a time, on the threads of those who ask. Frames of
 * cameras in the same process go first. Thread-safe.
 */
public final class StillRecognizer implements AutoCloseable {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final ImageRecognizer recognizer;
  private final StillsConfig config;
  private final Semaphore workers;

  private StillRecognizer(ImageRecognizer recognizer, StillsConfig config) {
    this.recognizer = recognizer;
    this.config = config;
    int atOnce =
        config.workers() > 0 ? config.workers() : Runtime.getRuntime().availableProcessors() + 1;
    this.workers = new Semaphore(atOnce, true);
  }

  /**
   * Opens it on the models that this process has for these settings.
   *
   * @throws ModelException where a model is missing or of the wrong kind
   */
  public static StillRecognizer open(
      DetectionConfig detection, ReaderConfig reader, StillsConfig config) {
    return new StillRecognizer(
        ImageRecognizer.shared(detection, reader, BodyLimits.PIXELS), config);
  }

  /**
   * Recognizes a picture of which nothing is kept.
   *
   * @param field of the request that holds the picture
   * @throws Refusal where it is no picture, or nobody has time for it
   */
  public <T> T recognize(
      byte[] picture, String field, StillOptions options, ImageRecognizer.WithPixels<T> then) {
    enter();
    try {
      return switch (options.scope()) {
        case ALL -> recognizer.recognize(picture, options.request(), then);
        case VEHICLES, PLATES -> recognizer.detect(picture, options.request(), then);
        case ONE_PLATE -> recognizer.recognizePlate(picture, options.regions(), then);
      };
    } catch (UnreadableImageException e) {
      throw Refusal.field(field, String.valueOf(e.getMessage()));
    } catch (ModelException e) {
      throw Refusal.because(Refusal.Kind.INTERNAL, "The picture cannot be recognized.", e);
    } finally {
      workers.release();
    }
  }

  private void enter() {
    if (workers.tryAcquire()) {
      return;
    }
    try {
      if (waiting() >= config.queueSize()
          || !workers.tryAcquire(config.maxWait().toMillis(), TimeUnit.MILLISECONDS)) {
        throw Refusal.later(Refusal.Kind.BUSY, "Too many pictures at the moment.", RETRY_AFTER);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.because(Refusal.Kind.UNAVAILABLE, "The service is stopping.", e);
    }
  }

  /** What it detects with. */
  public DetectorModels detectors() {
    return recognizer.detectors();
  }

  /** Pictures that wait for a worker. */
  public int waiting() {
    return workers.getQueueLength();
  }

  @Override
  public void close() {
    recognizer.close();
  }
}
