package io.plateflow.models.onnx;

import io.plateflow.models.ModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The metadata of a YOLO export, checked by a trial run.
 *
 * @param labels by class number
 * @param stride the input's sides are multiples of it
 * @param width of the input the model was exported for
 * @param height likewise
 * @param anySize whether other sizes are taken too
 * @param batch pictures of a run; 0 where any number is taken
 * @param output name of the output with the boxes
 */
public record YoloMetadata(
    List<String> labels,
    int stride,
    int width,
    int height,
    boolean anySize,
    int batch,
    String output,
    YoloLayout layout) {

  private static final String EXPECTED = "expected a YOLO detector as Ultralytics exports it";
  private static final int DEFAULT_STRIDE = 32;
  private static final int DEFAULT_SIZE = 640;
  private static final int LARGEST_SIDE = 8192;

  public YoloMetadata {
    labels = List.copyOf(labels);
  }

  /**
   * @throws ModelException where the model is no YOLO detector: what was found, what was expected
   */
  public static YoloMetadata read(OnnxModel model) {
    Map<String, String> facts = model.metadata();
    String task = facts.getOrDefault("task", "detect");
    if (!task.equals("detect")) {
      throw refused(model, "task '%s'".formatted(task), "task 'detect'");
    }
    long[] input = model.inputShape();
    if (input.length != 4 || input[1] != 3) {
      throw refused(model, "input " + Arrays.toString(input), "[batch, 3, height, width]");
    }
    List<String> labels = labels(model);
    int stride = numbers(model, "stride", DEFAULT_STRIDE).get(0);
    List<Integer> sizes = numbers(model, "imgsz", DEFAULT_SIZE);
    int height = input[2] > 0 ? (int) input[2] : sizes.get(0);
    int width = input[3] > 0 ? (int) input[3] : sizes.get(sizes.size() - 1);
    checkSizes(model, stride, width, height);
    int batch = input[0] > 0 ? (int) input[0] : 0;
    String output = model.outputNames().get(0);
    YoloLayout layout = layout(model, output, labels.size(), Math.max(1, batch), width, height);
    return new YoloMetadata(
        labels, stride, width, height, input[2] < 0 && input[3] < 0, batch, output, layout);
  }

  private static List<String> labels(OnnxModel model) {
    String names = model.metadata().get("names");
    if (names == null) {
      throw refused(model, "no 'names' in the metadata", "the class names");
    }
    TreeMap<Integer, String> byNumber;
    try {
      byNumber = MetadataLiteral.names(names);
    } catch (IllegalArgumentException e) {
      throw refused(model, "names: " + e.getMessage(), "{0: 'car', ...}");
    }
    if (byNumber.isEmpty() || byNumber.firstKey() != 0 || byNumber.lastKey() >= 10_000) {
      throw refused(model, "names " + names, "{0: 'car', ...}");
    }
    List<String> labels = new ArrayList<>(Collections.nCopies(byNumber.lastKey() + 1, "unnamed"));
    byNumber.forEach(labels::set);
    return labels;
  }

  private static List<Integer> numbers(OnnxModel model, String key, int otherwise) {
    String text = model.metadata().get(key);
    if (text == null) {
      return List.of(otherwise);
    }
    try {
      List<Integer> numbers = MetadataLiteral.numbers(text);
      if (!numbers.isEmpty()) {
        return numbers;
      }
    } catch (IllegalArgumentException e) {
      throw refused(model, "%s: %s".formatted(key, e.getMessage()), "a number or a list of two");
    }
    throw refused(model, "%s %s".formatted(key, text), "a number or a list of two");
  }

  private static void checkSizes(OnnxModel model, int stride, int width, int height) {
    if (stride < 1 || stride > 1024) {
      throw refused(model, "stride " + stride, "1..1024");
    }
    if (Math.min(width, height) < stride || Math.max(width, height) > LARGEST_SIDE) {
      throw refused(
          model,
          "size %dx%d".formatted(width, height),
          "%d..%d a side".formatted(stride, LARGEST_SIDE));
    }
  }

  private static YoloLayout layout(
      OnnxModel model, String output, int classes, int batch, int width, int height) {
    long[] shape;
    try (OnnxRunner runner = model.newRunner()) {
      runner.input(batch, 3, height, width);
      shape = runner.run().get(output).shape();
    } catch (ModelException e) {
      throw refused(model, "a failing trial run: " + e.getMessage(), "a run");
    }
    return YoloLayout.of(shape, classes)
        .orElseThrow(
            () ->
                refused(
                    model,
                    "output %s with %d class names".formatted(Arrays.toString(shape), classes),
                    "[batch, %d, anchors] or [batch, boxes, 6]".formatted(4 + classes)));
  }

  private static ModelException refused(OnnxModel model, String found, String expected) {
    return new ModelException(
        "Model %s: found %s, %s: %s".formatted(model.name(), found, EXPECTED, expected));
  }
}
