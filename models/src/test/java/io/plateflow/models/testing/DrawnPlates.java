package io.plateflow.models.testing;

import io.plateflow.models.image.JpegEncoder;
import io.plateflow.models.image.PixelView;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Pictures of plates, drawn with strokes of one width. */
public final class DrawnPlates {

  /** Where the plate is in {@link #scene}. */
  public static final BoundingBox PLATE = new BoundingBox(40, 40, 360, 120);

  private DrawnPlates() {}

  /** A plate before a darker ground, 400x160. */
  public static Pixels scene(String text) {
    Pixels pixels = plain(400, 160, 90);
    try (PixelView view = PixelView.of(pixels);
        Mat picture = view.whole()) {
      opencv_imgproc.rectangle(
          picture,
          new Point((int) PLATE.x1(), (int) PLATE.y1()),
          new Point((int) PLATE.x2(), (int) PLATE.y2()),
          Scalar.all(225),
          opencv_imgproc.FILLED,
          opencv_imgproc.LINE_8,
          0);
      write(picture, text, new Point(56, 98), 25);
    }
    return pixels;
  }

  /** A JPEG of a faded plate, 320x80, which shows nothing else: detectors find but parts of it. */
  public static byte[] fadedCrop(String text) {
    Pixels pixels = plain(320, 80, 120);
    try (PixelView view = PixelView.of(pixels);
        Mat picture = view.whole()) {
      write(picture, text, new Point(16, 58), 160);
    }
    return JpegEncoder.encode(pixels, null, 95);
  }

  private static Pixels plain(int width, int height, int grey) {
    byte[] bytes = new byte[width * height * 3];
    Arrays.fill(bytes, (byte) grey);
    return new Pixels(ByteBuffer.allocateDirect(bytes.length).put(0, bytes), width, height);
  }

  private static void write(Mat picture, String text, Point at, int grey) {
    opencv_imgproc.putText(
        picture,
        text,
        at,
        opencv_imgproc.FONT_HERSHEY_SIMPLEX,
        1.6,
        Scalar.all(grey),
        5,
        opencv_imgproc.LINE_AA,
        false);
  }
}
