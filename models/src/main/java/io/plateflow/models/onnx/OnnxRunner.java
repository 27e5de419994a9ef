package io.plateflow.models.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.plateflow.models.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a model for one thread. Input and outputs live in direct buffers that every run uses again,
 * whatever its shape; ONNX Runtime writes into them without a copy.
 */
public final class OnnxRunner implements AutoCloseable {

  // Shapes follow the crops, so there are a few dozen; a tensor header each costs little.
  private static final int KEPT_SHAPES = 64;

  private final OnnxModel model;
  private final LinkedHashMap<List<Long>, Binding> bindings = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, FloatBuffer> outputBuffers = new HashMap<>();
  private FloatBuffer inputBuffer = direct(0);
  private @Nullable Binding current;

  OnnxRunner(OnnxModel model) {
    this.model = model;
  }

  /** The input buffer for a run with this shape, from index 0; fill it, then {@link #run()}. */
  public FloatBuffer input(long... shape) {
    int elements = elements(shape);
    if (inputBuffer.capacity() < elements) {
      dropBindings();
      inputBuffer = direct(elements);
    }
    List<Long> key = Arrays.stream(shape).boxed().toList();
    Binding binding = bindings.get(key);
    if (binding == null) {
      binding = new Binding(shape.clone(), inputBuffer.slice(0, elements));
      bindings.put(key, binding);
      forgetEldest();
    }
    current = binding;
    return binding.values;
  }

  /** Runs the model on what {@link #input} was filled with. */
  public OnnxOutputs run() {
    Binding binding = current;
    if (binding == null) {
      throw new IllegalStateException("Model %s: run without an input".formatted(model.name()));
    }
    try {
      OnnxOutputs outputs = binding.outputs;
      if (outputs == null) {
        return learnOutputs(binding);
      }
      model.session().run(Map.of(model.inputName(), binding.tensor()), binding.pinned).close();
      return outputs;
    } catch (OrtException e) {
      throw new ModelException(
          "Model %s failed on an input of %s: %s"
              .formatted(model.name(), Arrays.toString(binding.shape), e.getMessage()),
          e);
    }
  }

  /** The first run with a shape tells the shapes of the outputs; later ones write in place. */
  private OnnxOutputs learnOutputs(Binding binding) throws OrtException {
    Map<String, OnnxOutput> outputs = new LinkedHashMap<>();
    try (OrtSession.Result result =
        model.session().run(Map.of(model.inputName(), binding.tensor()))) {
      for (Map.Entry<String, OnnxValue> entry : result) {
        OnnxTensor tensor = (OnnxTensor) entry.getValue();
        long[] shape = tensor.getInfo().getShape();
        FloatBuffer values = outputBuffer(entry.getKey(), elements(shape));
        values.put(0, tensor.getFloatBuffer(), 0, values.limit());
        outputs.put(entry.getKey(), new OnnxOutput(values, shape));
      }
    }
    OnnxOutputs learnt = new OnnxOutputs(outputs);
    binding.outputs = learnt;
    for (Map.Entry<String, OnnxOutput> entry : outputs.entrySet()) {
      OnnxOutput output = entry.getValue();
      binding.pinned.put(
          entry.getKey(),
          OnnxTensor.createTensor(OnnxModel.environment(), output.values(), output.shape()));
    }
    return learnt;
  }

  private FloatBuffer outputBuffer(String name, int elements) {
    FloatBuffer buffer = outputBuffers.get(name);
    if (buffer == null || buffer.capacity() < elements) {
      // Older shapes keep their smaller buffer alive through their tensors.
      buffer = direct(elements);
      outputBuffers.put(name, buffer);
    }
    return buffer.slice(0, elements);
  }

  private void forgetEldest() {
    if (bindings.size() > KEPT_SHAPES) {
      List<Long> eldest = bindings.keySet().iterator().next();
      bindings.remove(eldest).close();
    }
  }

  private void dropBindings() {
    bindings.values().forEach(Binding::close);
    bindings.clear();
    current = null;
  }

  @Override
  public void close() {
    dropBindings();
  }

  private static FloatBuffer direct(int elements) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(elements, Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  private static int elements(long[] shape) {
    long product = 1;
    for (long size : shape) {
      product = Math.multiplyExact(product, size);
    }
    return Math.toIntExact(product);
  }

  private final class Binding implements AutoCloseable {
    private final long[] shape;
    private final FloatBuffer values;
    private final Map<String, OnnxTensor> pinned = new HashMap<>();
    private @Nullable OnnxTensor tensor;
    private @Nullable OnnxOutputs outputs;

    Binding(long[] shape, FloatBuffer values) {
      this.shape = shape;
      this.values = values;
    }

    OnnxTensor tensor() throws OrtException {
      OnnxTensor made = tensor;
      if (made == null) {
        made = OnnxTensor.createTensor(OnnxModel.environment(), values, shape);
        tensor = made;
      }
      return made;
    }

    @Override
    public void close() {
      if (tensor != null) {
        tensor.close();
      }
      pinned.values().forEach(OnnxTensor::close);
    }
  }
}
