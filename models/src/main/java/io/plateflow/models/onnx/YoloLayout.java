package io.plateflow.models.onnx;

import java.util.Optional;

/** How the output of a YOLO export is laid out. */
public enum YoloLayout {
  /**
   * {@code [batch, 4 + classes, anchors]}: centre, size, one score per class; NMS is to be done.
   */
  ANCHORS,
  /** {@code [batch, boxes, 6]}: corners, score, class; the model did the selection. */
  END_TO_END;

  static Optional<YoloLayout> of(long[] shape, int classes) {
    if (shape.length != 3) {
      return Optional.empty();
    }
    if (shape[1] == 4 + classes) {
      return Optional.of(ANCHORS);
    }
    return shape[2] == 6 ? Optional.of(END_TO_END) : Optional.empty();
  }
}
