package io.plateflow.models.engine;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.plateflow.models.onnx.Device;
import io.plateflow.schemas.config.DurationRange;
import io.soabase.recordbuilder.core.RecordBuilder;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How vehicles and plates are detected. */
@RecordBuilder
public record DetectionConfig(
    @JsonUnwrapped @Valid Models models,
    @JsonUnwrapped @Valid Thresholds thresholds,
    @JsonUnwrapped @Valid Batching batching,
    @JsonUnwrapped @Valid Processor processor)
    implements DetectionConfigBuilder.With, Serializable {

  public static final DetectionConfig DEFAULT =
      new DetectionConfig(
          new Models(null, null),
          new Thresholds(0.25, 0.25, 25, 0.5),
          new Batching(0, 0, Duration.ofMillis(5)),
          new Processor(1, Device.AUTO, 0));

  /**
   * Paths of YOLO ONNX exports.
   *
   * @param vehicleModel null means the built-in model
   * @param plateModel null means the built-in model
   */
  public record Models(@Nullable String vehicleModel, @Nullable String plateModel)
      implements Serializable {}

  /**
   * What counts as found.
   *
   * @param vehicleConfidence lowest score of a vehicle that counts
   * @param plateConfidence lowest score of a plate that counts
   * @param vehiclePadding pixels added around a vehicle before plates are sought in it
   * @param iou overlap (intersection over union) from which two boxes of a class are one object
   */
  public record Thresholds(
      @DecimalMin("0") @DecimalMax("1") double vehicleConfidence,
      @DecimalMin("0") @DecimalMax("1") double plateConfidence,
      @Min(0) @Max(1000) int vehiclePadding,
      @DecimalMin("0") @DecimalMax("1") double iou)
      implements Serializable {}

  /**
   * What is worked on together.
   *
   * @param workers requests worked on at the same time; 0 means one per processor on the CPU and
   *     two on a GPU
   * @param maxBatch most pictures of one model run; 0 means 1 on the CPU, where more do not pay,
   *     and 8 on a GPU
   * @param maxWait how long a batch waits to be filled
   */
  public record Batching(
      @Min(0) @Max(256) int workers,
      @Min(0) @Max(64) int maxBatch,
      @DurationRange(max = "1s") Duration maxWait)
      implements Serializable {}

  /**
   * Where models run.
   *
   * @param threads of one model run on the CPU
   * @param deviceIndex which GPU
   */
  public record Processor(
      @Min(1) @Max(256) int threads, @NotNull Device device, @Min(0) @Max(63) int deviceIndex)
      implements Serializable {}
}
