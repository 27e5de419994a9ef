package io.plateflow.models.detect;

import io.plateflow.models.image.PixelRegion;
import io.plateflow.models.onnx.YoloMetadata;

/** Width and height of a model's input in pixels. */
public record InputSize(int width, int height) {

  /**
   * The smallest input that takes the region: where the model takes any size, its long side is
   * {@code longSide} and the short one is padded to the stride; else it is the model's own.
   */
  public static InputSize of(YoloMetadata model, PixelRegion region, int longSide) {
    if (!model.anySize()) {
      return new InputSize(model.width(), model.height());
    }
    double scale = (double) longSide / Math.max(region.width(), region.height());
    return new InputSize(
        roundedUp(Math.round(region.width() * scale), model.stride()),
        roundedUp(Math.round(region.height() * scale), model.stride()));
  }

  private static int roundedUp(long pixels, int stride) {
    return (int) ((Math.max(1, pixels) + stride - 1) / stride * stride);
  }
}
