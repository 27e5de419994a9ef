package io.plateflow.models.detect;

import io.plateflow.models.ModelException;
import io.plateflow.models.onnx.ModelSource;
import io.plateflow.models.onnx.OnnxModel;
import io.plateflow.models.onnx.OnnxOptions;
import io.plateflow.models.onnx.YoloMetadata;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/** A loaded YOLO detector with the classes that count; shared by any number of detectors. */
public final class YoloModel implements AutoCloseable {

  private final OnnxModel onnx;
  private final YoloMetadata metadata;
  private final BitSet wantedLabels;

  private YoloModel(OnnxModel onnx, YoloMetadata metadata, BitSet wantedLabels) {
    this.onnx = onnx;
    this.metadata = metadata;
    this.wantedLabels = wantedLabels;
  }

  /**
   * @param selection which of the model's labels count
   * @throws ModelException where the file is no YOLO detector
   */
  public static YoloModel open(
      ModelSource source, OnnxOptions options, Function<List<String>, BitSet> selection) {
    OnnxModel onnx = OnnxModel.open(source, options);
    try {
      YoloMetadata metadata = YoloMetadata.read(onnx);
      return new YoloModel(onnx, metadata, selection.apply(metadata.labels()));
    } catch (ModelException e) {
      onnx.close();
      throw e;
    }
  }

  public OnnxModel onnx() {
    return onnx;
  }

  public YoloMetadata metadata() {
    return metadata;
  }

  /** Class numbers that count. */
  public BitSet wantedLabels() {
    return wantedLabels;
  }

  @Override
  public void close() {
    onnx.close();
  }
}
