package io.plateflow.models.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.plateflow.models.ModelException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loaded ONNX model with one float input and float outputs. Any number of {@link OnnxRunner}s may
 * run it at the same time, one per thread.
 */
public final class OnnxModel implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OnnxModel.class);

  private final ModelSource source;
  private final OrtSession session;
  private final Device device;
  private final Map<String, String> metadata;
  private final String inputName;
  private final TensorInfo input;
  private final Map<String, TensorInfo> outputs;

  private OnnxModel(ModelSource source, OrtSession session, Device device) throws OrtException {
    this.source = source;
    this.session = session;
    this.device = device;
    this.metadata = session.getMetadata().getCustomMetadata();
    Map<String, TensorInfo> inputs = floatTensors("input", session.getInputInfo());
    if (inputs.size() != 1) {
      throw new ModelException(
          "Model %s: found inputs %s, expected one".formatted(source, inputs.keySet()));
    }
    Map.Entry<String, TensorInfo> only = inputs.entrySet().iterator().next();
    this.inputName = only.getKey();
    this.input = only.getValue();
    this.outputs = floatTensors("output", session.getOutputInfo());
  }

  /**
   * @throws ModelException where the file is missing, no ONNX model, or the device cannot be had
   */
  public static OnnxModel open(ModelSource source, OnnxOptions options) {
    return LargeStackThread.call(() -> load(source, options));
  }

  /** One for the process; loads the native library when first asked for. */
  static OrtEnvironment environment() {
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "plateflow");
  }

  private static OnnxModel load(ModelSource source, OnnxOptions options) {
    if (CudaProbe.worthTrying(options.device())) {
      try {
        OnnxModel model = open(source, options, Device.CUDA);
        LOG.info("Model {} runs on CUDA device {}", source, options.deviceIndex());
        return model;
      } catch (OrtException e) {
        if (options.device() == Device.CUDA) {
          throw new ModelException(
              "Model %s: cannot run on CUDA device %d: %s"
                  .formatted(source, options.deviceIndex(), e.getMessage()),
              e);
        }
        LOG.warn("CUDA cannot be used, running on the CPU: {}", e.getMessage());
      }
    }
    try {
      OnnxModel model = open(source, options, Device.CPU);
      LOG.info("Model {} runs on the CPU, {} thread(s) a run", source, options.threads());
      return model;
    } catch (OrtException e) {
      throw new ModelException(
          "Model %s: not an ONNX model that can be loaded: %s".formatted(source, e.getMessage()),
          e);
    }
  }

  private static OnnxModel open(ModelSource source, OnnxOptions options, Device device)
      throws OrtException {
    try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
      settings.setIntraOpNumThreads(options.threads());
      settings.setInterOpNumThreads(1);
      settings.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      settings.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      // Waiting threads would burn the cores that decoders and other cameras need.
      settings.addConfigEntry("session.intra_op.allow_spinning", "0");
      if (device == Device.CUDA) {
        CudaProbe.add(settings, options.deviceIndex());
      }
      OrtSession session = source.open(environment(), settings);
      try {
        return new OnnxModel(source, session, device);
      } catch (ModelException e) {
        session.close();
        throw e;
      }
    }
  }

  private Map<String, TensorInfo> floatTensors(String kind, Map<String, NodeInfo> nodes) {
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    for (NodeInfo node : nodes.values()) {
      if (!(node.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
        throw new ModelException(
            "Model %s: found %s '%s' of %s, expected a float32 tensor"
                .formatted(source, kind, node.getName(), node.getInfo()));
      }
      tensors.put(node.getName(), tensor);
    }
    return tensors;
  }

  /** Where the model came from, for messages. */
  public String name() {
    return source.toString();
  }

  /** Where it runs: {@link Device#CPU} or {@link Device#CUDA}. */
  public Device device() {
    return device;
  }

  /** What the exporter wrote into the file. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** Sizes of the input; -1 where any size is taken. */
  public long[] inputShape() {
    return input.getShape();
  }

  /** Names of the outputs in the model's order. */
  public List<String> outputNames() {
    return new ArrayList<>(outputs.keySet());
  }

  /**
   * Sizes of an output; -1 where they depend on the input.
   *
   * @throws ModelException where the model has no such output
   */
  public long[] outputShape(String output) {
    TensorInfo found = outputs.get(output);
    if (found == null) {
      throw new ModelException(
          "Model %s: found outputs %s, expected '%s'".formatted(source, outputs.keySet(), output));
    }
    return found.getShape();
  }

  /** A runner for one thread; the caller closes it before the model. */
  public OnnxRunner newRunner() {
    return new OnnxRunner(this);
  }

  OrtSession session() {
    return session;
  }

  String inputName() {
    return inputName;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new ModelException("Model %s: cannot be closed".formatted(source), e);
    }
  }
}
