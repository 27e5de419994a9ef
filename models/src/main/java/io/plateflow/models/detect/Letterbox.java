package io.plateflow.models.detect;

import io.plateflow.models.image.PixelRegion;
import io.plateflow.models.image.PixelView;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Brings a region of a frame into a model's input: aspect kept, centred, padded with the grey that
 * YOLO models are trained with, RGB planes of 0..1. One thread at a time.
 */
public final class Letterbox implements AutoCloseable {

  private static final int GREY = 114;
  private static final double LEAST_BILINEAR_SCALE = 0.6;

  // The resized picture as bytes; its memory serves every size up to the largest seen.
  private BytePointer canvasBytes = new BytePointer(0);
  private BytePointer planeBytes = new BytePointer(0);
  private final List<BytePointer> halves = new ArrayList<>();

  /**
   * Fills one picture of a batch.
   *
   * @param longSide scales the region so that its longer side has this many pixels, or fewer where
   *     it would not fit
   * @param input the model's input {@code [batch, 3, height, width]}, direct
   * @param index of the picture in the batch
   */
  public Placement fill(
      PixelView view,
      PixelRegion region,
      int longSide,
      FloatBuffer input,
      int index,
      InputSize size) {
    double fit =
        Math.min((double) size.width() / region.width(), (double) size.height() / region.height());
    double scale = Math.min(fit, (double) longSide / Math.max(region.width(), region.height()));
    int width = side(region.width(), scale, size.width());
    int height = side(region.height(), scale, size.height());
    Placement placement =
        new Placement(region, scale, (size.width() - width) / 2, (size.height() - height) / 2);
    reserve(size);
    try (Mat canvas = new Mat(size.height(), size.width(), opencv_core.CV_8UC3, canvasBytes);
        Mat source = view.part(region)) {
      if (width < size.width() || height < size.height()) {
        fillGrey(canvas);
      }
      try (Mat target =
          canvas
              .rowRange(placement.top(), placement.top() + height)
              .colRange(placement.left(), placement.left() + width)) {
        shrink(source, target, halvings(scale));
      }
      writePlanes(canvas, input, index, size);
    }
    return placement;
  }

  /**
   * Bilinear sampling skips thin strokes when it shrinks a lot, and averaging over odd areas is
   * slow; halving is exact and quick, and leaves a step that bilinear sampling does well.
   */
  private static int halvings(double scale) {
    return scale >= LEAST_BILINEAR_SCALE
        ? 0
        : (int) Math.floor(Math.log(1 / scale) / Math.log(2) + 0.3);
  }

  private void shrink(Mat source, Mat target, int halvings) {
    if (halvings == 0 || source.cols() < 2 || source.rows() < 2) {
      try (Size size = target.size()) {
        opencv_imgproc.resize(source, target, size, 0, 0, opencv_imgproc.INTER_LINEAR);
      }
      return;
    }
    int width = source.cols() / 2;
    int height = source.rows() / 2;
    BytePointer bytes = half(halvings, 3L * width * height);
    // An odd last row or column is dropped, which moves nothing by more than half a pixel.
    try (Mat even = source.rowRange(0, 2 * height).colRange(0, 2 * width);
        Mat half = new Mat(height, width, opencv_core.CV_8UC3, bytes);
        Size size = new Size(width, height)) {
      opencv_imgproc.resize(even, half, size, 0, 0, opencv_imgproc.INTER_AREA);
      shrink(half, target, halvings - 1);
    }
  }

  /** Memory for a halved picture; one for each step, since a step reads the one before. */
  private BytePointer half(int step, long bytes) {
    while (halves.size() < step) {
      halves.add(new BytePointer(0));
    }
    BytePointer memory = halves.get(step - 1);
    if (memory.capacity() < bytes) {
      memory.close();
      memory = new BytePointer(bytes);
      halves.set(step - 1, memory);
    }
    return memory;
  }

  private static int side(int pixels, double scale, int most) {
    return (int) Math.max(1, Math.min(most, Math.round(pixels * scale)));
  }

  private static void fillGrey(Mat canvas) {
    try (Scalar grey = new Scalar(GREY, GREY, GREY, 0)) {
      canvas.put(grey);
    }
  }

  private void writePlanes(Mat canvas, FloatBuffer input, int index, InputSize size) {
    long plane = (long) size.width() * size.height();
    try (FloatPointer values = new FloatPointer(input);
        Mat bytes = new Mat(size.height(), size.width(), opencv_core.CV_8UC1, planeBytes)) {
      for (int channel = 0; channel < 3; channel++) {
        // The frame is BGR, the input RGB.
        opencv_core.extractChannel(canvas, bytes, 2 - channel);
        try (FloatPointer start = values.getPointer((3L * index + channel) * plane);
            Mat floats = new Mat(size.height(), size.width(), opencv_core.CV_32FC1, start)) {
          bytes.convertTo(floats, opencv_core.CV_32FC1, 1.0 / 255, 0);
        }
      }
    }
  }

  private void reserve(InputSize size) {
    long plane = (long) size.width() * size.height();
    if (planeBytes.capacity() < plane) {
      planeBytes.close();
      canvasBytes.close();
      planeBytes = new BytePointer(plane);
      canvasBytes = new BytePointer(3 * plane);
    }
  }

  @Override
  public void close() {
    planeBytes.close();
    canvasBytes.close();
    halves.forEach(BytePointer::close);
    halves.clear();
  }
}
