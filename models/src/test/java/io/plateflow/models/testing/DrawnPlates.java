package io.plateflow.models.testing;

import io.plateflow.models.image.JpegEncoder;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
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
    int width = 400;
    int height = 160;
    ByteBuffer bgr = ByteBuffer.allocateDirect(width * height * 3);
    try (Mat picture =
        new Mat(height, width, opencv_core.CV_8UC3, new BytePointer(bgr), 3L * width)) {
      picture.put(Scalar.all(90));
      opencv_imgproc.rectangle(
          picture,
          new Point((int) PLATE.x1(), (int) PLATE.y1()),
          new Point((int) PLATE.x2(), (int) PLATE.y2()),
          Scalar.all(225),
          opencv_imgproc.FILLED,
          opencv_imgproc.LINE_8,
          0);
      opencv_imgproc.putText(
          picture,
          text,
          new Point(56, 98),
          opencv_imgproc.FONT_HERSHEY_SIMPLEX,
          1.6,
          Scalar.all(25),
          5,
          opencv_imgproc.LINE_AA,
          false);
    }
    return new Pixels(bgr, width, height);
  }

  /** A JPEG that shows nothing but the plate, 320x80. */
  public static byte[] crop(String text) {
    return JpegEncoder.encode(scene(text), PLATE, 95);
  }
}
