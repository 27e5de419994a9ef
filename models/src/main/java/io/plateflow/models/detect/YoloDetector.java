package io.plateflow.models.detect;

import io.plateflow.models.image.PixelRegion;
import io.plateflow.models.image.PixelView;
import io.plateflow.models.onnx.OnnxOutput;
import io.plateflow.models.onnx.OnnxRunner;
import io.plateflow.models.onnx.YoloMetadata;
import io.plateflow.schemas.detection.Detection;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a YOLO model over regions of frames. One thread at a time. */
public final class YoloDetector implements AutoCloseable {

  private static final int MOST_OBJECTS = 100;

  /** A part of a frame that objects are sought in. */
  public record View(PixelView frame, PixelRegion region) {}

  private final YoloMetadata metadata;
  private final OnnxRunner runner;
  private final Letterbox letterbox = new Letterbox();
  private final YoloDecoder decoder;
  private final double minScore;
  private final NonMaxSuppression suppression;
  private final int maxBatch;

  /**
   * @param minScore lowest score that counts, 0..1
   * @param iou overlap from which two boxes of a class are one object, 0..1
   * @param maxBatch most regions of one model run, at least 1
   */
  public YoloDetector(YoloModel model, double minScore, double iou, int maxBatch) {
    this.metadata = model.metadata();
    this.runner = model.onnx().newRunner();
    this.minScore = minScore;
    this.decoder = new YoloDecoder(metadata.layout(), model.wantedLabels(), minScore);
    this.suppression = new NonMaxSuppression(iou, MOST_OBJECTS);
    this.maxBatch = metadata.batch() > 0 ? metadata.batch() : maxBatch;
  }

  /**
   * Regions share a run only where each has the input that it would have alone, since the padding
   * to a larger one changes the scores a little: what a frame shows must not depend on the frames
   * it happened to come with.
   *
   * @param longSide pixels of a region's long side in the input, where the model takes any size
   * @return per region what it shows, best first, in pixels of its frame
   */
  public List<List<Detection>> detect(List<View> views, int longSide) {
    return detect(views, longSide, minScore);
  }

  /**
   * The same with another lowest score. What reaches a higher one is found alike: boxes are only
   * ever dropped for better ones.
   */
  public List<List<Detection>> detect(List<View> views, int longSide, double lowest) {
    Map<InputSize, List<Integer>> ofSize = new LinkedHashMap<>();
    for (int i = 0; i < views.size(); i++) {
      InputSize size = InputSize.of(metadata, views.get(i).region(), longSide);
      ofSize.computeIfAbsent(size, s -> new ArrayList<>()).add(i);
    }
    List<List<Detection>> found = new ArrayList<>(Collections.nCopies(views.size(), null));
    ofSize.forEach(
        (size, indexes) -> {
          for (int start = 0; start < indexes.size(); start += maxBatch) {
            List<Integer> batch =
                indexes.subList(start, Math.min(indexes.size(), start + maxBatch));
            detectBatch(views, batch, size, longSide, lowest, found);
          }
        });
    return found;
  }

  /** The long side that the model was exported for. */
  public int exportedLongSide() {
    return Math.max(metadata.width(), metadata.height());
  }

  /** Whether regions may be looked at in other sizes than the one the model was exported for. */
  public boolean takesAnySize() {
    return metadata.anySize();
  }

  private void detectBatch(
      List<View> views,
      List<Integer> batch,
      InputSize size,
      int longSide,
      double lowest,
      List<List<Detection>> found) {
    int pictures = metadata.batch() > 0 ? metadata.batch() : batch.size();
    FloatBuffer input = runner.input(pictures, 3, size.height(), size.width());
    int side = metadata.anySize() ? longSide : Math.max(size.width(), size.height());
    List<Placement> placements = new ArrayList<>(batch.size());
    for (int index : batch) {
      View view = views.get(index);
      placements.add(
          letterbox.fill(view.frame(), view.region(), side, input, placements.size(), size));
    }
    OnnxOutput output = runner.run().get(metadata.output());
    for (int i = 0; i < batch.size(); i++) {
      found.set(
          batch.get(i),
          suppression.keep(decoder.decode(output, i, placements.get(i), lowest)).stream()
              .map(c -> new Detection(metadata.labels().get(c.label()), c.score(), c.box()))
              .toList());
    }
  }

  @Override
  public void close() {
    runner.close();
    letterbox.close();
  }
}
