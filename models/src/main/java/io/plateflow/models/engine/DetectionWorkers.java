package io.plateflow.models.engine;

import io.plateflow.models.ModelException;
import io.plateflow.models.detect.LabelSelection;
import io.plateflow.models.detect.YoloDetector;
import io.plateflow.models.detect.YoloModel;
import io.plateflow.models.onnx.Device;
import io.plateflow.models.onnx.ModelSource;
import io.plateflow.models.onnx.OnnxOptions;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.DetectionAreas;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The models and threads behind the engines of one configuration. */
final class DetectionWorkers {

  private static final String VEHICLE_MODEL = "/models/vehicle/vehicle.onnx";
  private static final String PLATE_MODEL = "/models/plate/plate.onnx";
  private static final int GPU_WORKERS = 2;
  private static final int GPU_BATCH = 8;

  private final YoloModel vehicleModel;
  private final YoloModel plateModel;
  private final RequestQueue queue = new RequestQueue();
  private final List<Thread> threads = new ArrayList<>();

  DetectionWorkers(DetectionConfig config) {
    OnnxOptions options =
        new OnnxOptions(
            config.processor().device(),
            config.processor().deviceIndex(),
            config.processor().threads());
    vehicleModel =
        YoloModel.open(
            ModelSource.fileOr(config.models().vehicleModel(), VEHICLE_MODEL),
            options,
            LabelSelection::vehicles);
    try {
      plateModel =
          YoloModel.open(
              ModelSource.fileOr(config.models().plateModel(), PLATE_MODEL),
              options,
              LabelSelection::plates);
    } catch (ModelException e) {
      vehicleModel.close();
      throw e;
    }
    start(config);
  }

  private void start(DetectionConfig config) {
    boolean gpu = vehicleModel.onnx().device() == Device.CUDA;
    int maxBatch =
        config.batching().maxBatch() > 0 ? config.batching().maxBatch() : gpu ? GPU_BATCH : 1;
    int workers = config.batching().workers();
    if (workers == 0) {
      workers = gpu ? GPU_WORKERS : Runtime.getRuntime().availableProcessors();
    }
    for (int i = 0; i < workers; i++) {
      DetectionWorker worker =
          new DetectionWorker(
              queue,
              new YoloDetector(
                  vehicleModel,
                  config.thresholds().vehicleConfidence(),
                  config.thresholds().iou(),
                  maxBatch),
              new YoloDetector(
                  plateModel,
                  config.thresholds().plateConfidence(),
                  config.thresholds().iou(),
                  maxBatch),
              config.thresholds(),
              maxBatch,
              config.batching().maxWait());
      Thread thread = new Thread(worker, "plateflow-detection-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  CompletableFuture<FrameDetections> detect(
      Pixels pixels, DetectionAreas areas, DetectionChoice choice) {
    CompletableFuture<FrameDetections> result = new CompletableFuture<>();
    queue.add(new DetectionRequest(pixels, areas, choice, result));
    return result;
  }

  DetectorModels models() {
    return new DetectorModels(
        DetectorModels.Model.of(vehicleModel), DetectorModels.Model.of(plateModel));
  }

  int waiting() {
    return queue.size();
  }

  /** Works off what was asked for, then frees the models. */
  void close() {
    queue.close();
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          // The models must outlive the runs on them, so the wait goes on.
          interrupted = true;
        }
      }
    }
    vehicleModel.close();
    plateModel.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
