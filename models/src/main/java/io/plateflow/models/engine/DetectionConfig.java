package io.plateflow.models.engine;

import io.plateflow.models.onnx.Device;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How vehicles and plates are detected.
 *
 * @param vehicleModel path of a YOLO ONNX export; null means the built-in model
 * @param plateModel path of a YOLO ONNX export; null means the built-in model
 * @param vehicleConfidence lowest score of a vehicle that counts, 0..1; default 0.25
 * @param plateConfidence lowest score of a plate that counts, 0..1; default 0.25
 * @param vehiclePadding pixels added around a vehicle before plates are sought in it, 0..1000;
 *     default 25
 * @param platePadding pixels added around a plate where its picture is kept, 0..1000; default 25
 * @param iou overlap (intersection over union) from which two boxes of a class are one object,
 *     0..1; default 0.5
 * @param threads threads of one model run on the CPU, 1..256; default 1
 * @param workers requests worked on at the same time, 0..256; 0 means one per processor on the CPU
 *     and two on a GPU; default 0
 * @param maxBatch most pictures of one model run, 0..64; 0 means 1 on the CPU, where more do not
 *     pay, and 8 on a GPU; default 0
 * @param maxWait how long a batch waits to be filled, 0 to 1 s; default 5 ms
 * @param device default {@link Device#AUTO}
 * @param deviceIndex which GPU, 0..63; default 0
 */
public record DetectionConfig(
    String vehicleModel,
    String plateModel,
    double vehicleConfidence,
    double plateConfidence,
    int vehiclePadding,
    int platePadding,
    double iou,
    int threads,
    int workers,
    int maxBatch,
    Duration maxWait,
    Device device,
    int deviceIndex)
    implements Serializable {

  public static final DetectionConfig DEFAULT =
      new DetectionConfig(
          null, null, 0.25, 0.25, 25, 25, 0.5, 1, 0, 0, Duration.ofMillis(5), Device.AUTO, 0);

  public DetectionConfig {
    List<String> problems = new ArrayList<>();
    range(problems, "vehicle-confidence", vehicleConfidence, 0, 1);
    range(problems, "plate-confidence", plateConfidence, 0, 1);
    range(problems, "vehicle-padding", vehiclePadding, 0, 1000);
    range(problems, "plate-padding", platePadding, 0, 1000);
    range(problems, "iou", iou, 0, 1);
    range(problems, "threads", threads, 1, 256);
    range(problems, "workers", workers, 0, 256);
    range(problems, "max-batch", maxBatch, 0, 64);
    range(problems, "device-index", deviceIndex, 0, 63);
    if (maxWait == null || maxWait.isNegative() || maxWait.compareTo(Duration.ofSeconds(1)) > 0) {
      problems.add("max-wait: found %s, expected PT0S..PT1S".formatted(maxWait));
    }
    if (device == null) {
      problems.add("device: found null, expected auto, cpu or cuda");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("Detection: " + String.join("; ", problems));
    }
  }

  private static void range(
      List<String> problems, String key, double value, double lowest, double highest) {
    if (!(value >= lowest && value <= highest)) {
      problems.add("%s: found %s, expected %s..%s".formatted(key, value, lowest, highest));
    }
  }

  public DetectionConfig withModels(String newVehicleModel, String newPlateModel) {
    return new DetectionConfig(
        newVehicleModel,
        newPlateModel,
        vehicleConfidence,
        plateConfidence,
        vehiclePadding,
        platePadding,
        iou,
        threads,
        workers,
        maxBatch,
        maxWait,
        device,
        deviceIndex);
  }

  public DetectionConfig withThreads(int newThreads, int newWorkers) {
    return new DetectionConfig(
        vehicleModel,
        plateModel,
        vehicleConfidence,
        plateConfidence,
        vehiclePadding,
        platePadding,
        iou,
        newThreads,
        newWorkers,
        maxBatch,
        maxWait,
        device,
        deviceIndex);
  }

  public DetectionConfig withBatch(int newMaxBatch, Duration newMaxWait) {
    return new DetectionConfig(
        vehicleModel,
        plateModel,
        vehicleConfidence,
        plateConfidence,
        vehiclePadding,
        platePadding,
        iou,
        threads,
        workers,
        newMaxBatch,
        newMaxWait,
        device,
        deviceIndex);
  }

  public DetectionConfig withDevice(Device newDevice, int newDeviceIndex) {
    return new DetectionConfig(
        vehicleModel,
        plateModel,
        vehicleConfidence,
        plateConfidence,
        vehiclePadding,
        platePadding,
        iou,
        threads,
        workers,
        maxBatch,
        maxWait,
        newDevice,
        newDeviceIndex);
  }
}
