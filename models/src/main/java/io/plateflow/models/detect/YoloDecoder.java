package io.plateflow.models.detect;

import io.plateflow.models.onnx.OnnxOutput;
import io.plateflow.models.onnx.YoloLayout;
import io.plateflow.schemas.geometry.BoundingBox;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Turns the numbers of a YOLO output into boxes of the frame, best first. */
public final class YoloDecoder {

  private final YoloLayout layout;
  private final BitSet wantedLabels;
  private final double minScore;

  /**
   * @param wantedLabels class numbers that count
   * @param minScore lowest score that counts, 0..1
   */
  public YoloDecoder(YoloLayout layout, BitSet wantedLabels, double minScore) {
    this.layout = layout;
    this.wantedLabels = wantedLabels;
    this.minScore = minScore;
  }

  /**
   * @param index of the picture in the batch
   */
  public List<Candidate> decode(OnnxOutput output, int index, Placement placement) {
    return decode(output, index, placement, minScore);
  }

  /** The same with another lowest score. */
  List<Candidate> decode(OnnxOutput output, int index, Placement placement, double lowest) {
    int rows = Math.toIntExact(output.shape()[1]);
    int columns = Math.toIntExact(output.shape()[2]);
    int start = index * rows * columns;
    List<Candidate> found =
        switch (layout) {
          case ANCHORS -> anchors(output.values(), start, rows - 4, columns, placement, lowest);
          case END_TO_END -> endToEnd(output.values(), start, rows, placement, lowest);
        };
    found.sort((a, b) -> Double.compare(b.score(), a.score()));
    return found;
  }

  private List<Candidate> anchors(
      FloatBuffer values, int start, int classes, int anchors, Placement placement, double lowest) {
    List<Candidate> found = new ArrayList<>();
    for (int anchor = 0; anchor < anchors; anchor++) {
      int best = -1;
      float bestScore = 0;
      for (int label = 0; label < classes; label++) {
        float score = values.get(start + (4 + label) * anchors + anchor);
        // Written so that a NaN never wins.
        if (score >= lowest && score > bestScore) {
          best = label;
          bestScore = score;
        }
      }
      if (best >= 0 && wantedLabels.get(best)) {
        float x = values.get(start + anchor);
        float y = values.get(start + anchors + anchor);
        float halfWidth = values.get(start + 2 * anchors + anchor) / 2;
        float halfHeight = values.get(start + 3 * anchors + anchor) / 2;
        add(
            found,
            best,
            bestScore,
            x - halfWidth,
            y - halfHeight,
            x + halfWidth,
            y + halfHeight,
            placement);
      }
    }
    return found;
  }

  private List<Candidate> endToEnd(
      FloatBuffer values, int start, int boxes, Placement placement, double lowest) {
    List<Candidate> found = new ArrayList<>();
    for (int box = 0; box < boxes; box++) {
      int at = start + 6 * box;
      float score = values.get(at + 4);
      int label = Math.round(values.get(at + 5));
      if (score >= lowest && score > 0 && label >= 0 && wantedLabels.get(label)) {
        add(
            found,
            label,
            score,
            values.get(at),
            values.get(at + 1),
            values.get(at + 2),
            values.get(at + 3),
            placement);
      }
    }
    return found;
  }

  private static void add(
      List<Candidate> found,
      int label,
      float score,
      float x1,
      float y1,
      float x2,
      float y2,
      Placement placement) {
    // Comparisons with NaN are false, so broken boxes fall out here.
    if (x2 > x1 && y2 > y1) {
      BoundingBox box = placement.toFrame(x1, y1, x2, y2);
      // What lies in the padding alone has no area in the frame.
      if (box.area() > 0) {
        found.add(new Candidate(label, Math.min(1, score), box));
      }
    }
  }
}
