package io.plateflow.standalone.bench;

import io.plateflow.clients.camera.CameraPosition;
import io.plateflow.clients.camera.FrameSourceConfig;
import io.plateflow.clients.camera.capture.CameraClient;
import io.plateflow.clients.camera.capture.CameraClients;
import io.plateflow.clients.camera.capture.GrabbedFrame;
import io.plateflow.clients.camera.capture.PixelPool;
import io.plateflow.models.engine.DetectionConfig;
import io.plateflow.models.engine.DetectionEngine;
import io.plateflow.models.engine.FrameDetections;
import io.plateflow.models.image.ImageDecoder;
import io.plateflow.models.read.LocalPlateReader;
import io.plateflow.models.read.PlateReader;
import io.plateflow.models.read.ReaderConfig;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.frame.Pixels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the models alone: decodes films, finds vehicles and plates with the engine of the job,
 * and reads so many plates a frame; one film per thread, nothing around it.
 */
final class InferenceBaseline {

  private static final int BUFFERS = 2;

  private final List<CameraDefinition> films;
  private final double readsPerFrame;
  private final AtomicLong frames = new AtomicLong();
  private volatile boolean stopping;

  /**
   * @param films one thread each
   */
  InferenceBaseline(List<CameraDefinition> films, double readsPerFrame) {
    this.films = films;
    this.readsPerFrame = readsPerFrame;
  }

  /** Frames a second over the given time, after a while to warm up. */
  double run(Duration warmUp, Duration time) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(films.size());
    PlateReader reader = LocalPlateReader.shared(ReaderConfig.DEFAULT);
    try (DetectionEngine engine = DetectionEngine.open(DetectionConfig.DEFAULT)) {
      List<Future<?>> loops = new ArrayList<>();
      for (CameraDefinition film : films) {
        loops.add(
            threads.submit(
                () -> {
                  while (!stopping) {
                    play(film, engine, reader);
                  }
                  return null;
                }));
      }
      Thread.sleep(warmUp.toMillis());
      long framesBefore = frames.get();
      long begun = System.nanoTime();
      Thread.sleep(time.toMillis());
      double rate = (frames.get() - framesBefore) / ((System.nanoTime() - begun) / 1e9);
      stopping = true;
      for (Future<?> loop : loops) {
        loop.get();
      }
      return rate;
    } finally {
      stopping = true;
      threads.shutdown();
    }
  }

  private void play(CameraDefinition film, DetectionEngine engine, PlateReader reader)
      throws Exception {
    PixelPool pool = new PixelPool(film.id(), BUFFERS);
    CameraClients clients = new CameraClients(FrameSourceConfig.DEFAULT, new ImageDecoder());
    double owed = 0;
    try (CameraClient client = clients.create(film)) {
      client.open(CameraPosition.START);
      for (GrabbedFrame grab = client.next(); grab != null && !stopping; grab = client.next()) {
        Pixels pixels = grab.loader().load(pool, film.rotate());
        FrameDetections found = engine.detect(pixels, film.detectionAreas()).get();
        owed += readsPerFrame;
        for (PairedDetection detection : found.detections()) {
          if (owed >= 1 && detection.plate() != null) {
            reader.read(pixels, detection.plate().box(), film.regions());
            owed--;
          }
        }
        pixels.release();
        frames.incrementAndGet();
      }
    }
  }
}
