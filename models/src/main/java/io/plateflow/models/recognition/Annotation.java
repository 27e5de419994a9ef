package io.plateflow.models.recognition;

import io.plateflow.models.image.PixelView;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateRead;
import java.util.List;
import java.util.Locale;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.jspecify.annotations.Nullable;

/** Draws a result onto its picture, for looking at. */
public final class Annotation {

  private static final int[] VEHICLE_COLOUR = {255, 160, 40};
  private static final int[] PLATE_COLOUR = {40, 220, 40};

  private Annotation() {}

  /** Draws boxes of vehicles with their classes into the picture. */
  public static void drawVehicles(Pixels pixels, List<PlateOnVehicle> detections) {
    try (PixelView view = PixelView.of(pixels);
        Mat picture = view.whole()) {
      for (PlateOnVehicle found : detections) {
        Detection vehicle = found.detection().vehicle();
        if (vehicle != null) {
          draw(picture, vehicle.box(), label(vehicle.label(), vehicle.score()), VEHICLE_COLOUR);
        }
      }
    }
  }

  /** Draws boxes of plates with their texts, if they were read, into the picture. */
  public static void drawPlates(Pixels pixels, List<PlateOnVehicle> detections) {
    try (PixelView view = PixelView.of(pixels);
        Mat picture = view.whole()) {
      for (PlateOnVehicle found : detections) {
        Detection plate = found.detection().plate();
        if (plate != null) {
          draw(picture, plate.box(), label(plate, found.read()), PLATE_COLOUR);
        }
      }
    }
  }

  private static String label(Detection plate, @Nullable PlateRead read) {
    return read == null
        ? label(plate.label(), plate.score())
        : label(read.isEmpty() ? "?" : read.text(), read.confidence());
  }

  private static String label(String text, double score) {
    return String.format(Locale.ROOT, "%s %.2f", text, score);
  }

  private static void draw(Mat picture, BoundingBox box, String text, int[] bgr) {
    double size = Math.max(0.5, picture.cols() / 1600.0);
    int line = Math.max(1, picture.cols() / 640);
    try (Scalar colour = new Scalar(bgr[0], bgr[1], bgr[2], 0);
        Scalar black = new Scalar(0, 0, 0, 0);
        Point from = new Point((int) box.x1(), (int) box.y1());
        Point to = new Point((int) box.x2(), (int) box.y2());
        Point at = new Point((int) box.x1(), (int) Math.max(14 * size * 2, box.y1() - 4))) {
      int smooth = opencv_imgproc.LINE_AA;
      opencv_imgproc.rectangle(picture, from, to, colour, line, smooth, 0);
      // Dark below bright, readable on any ground.
      for (boolean shadow : new boolean[] {true, false}) {
        opencv_imgproc.putText(
            picture,
            text,
            at,
            opencv_imgproc.FONT_HERSHEY_SIMPLEX,
            size,
            shadow ? black : colour,
            shadow ? line + 2 : line,
            smooth,
            false);
      }
    }
  }
}
