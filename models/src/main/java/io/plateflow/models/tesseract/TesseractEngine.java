package io.plateflow.models.tesseract;

import io.plateflow.models.ModelException;
import io.plateflow.schemas.plate.PlateText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.tesseract.ResultIterator;
import org.bytedeco.tesseract.TessBaseAPI;
import org.bytedeco.tesseract.global.tesseract;

/** One Tesseract object, for one thread at a time. */
final class TesseractEngine implements AutoCloseable {

  /** Letters of about 30 pixels are what Tesseract was trained on. */
  private static final int LINE_HEIGHT = 48;

  private static final int MOST_WIDTH = 640;
  private static final int BORDER = 10;
  private static final int LONGEST_TEXT = 40;

  /**
   * @param scores of each character as Tesseract states them, 0..1
   */
  record Lines(String text, float[] scores) {}

  private final TessBaseAPI api = new TessBaseAPI();
  private final Mat grey = new Mat();
  private final Mat scaled = new Mat();
  private final Mat framed = new Mat();

  TesseractEngine(TessData data) {
    if (api.Init(data.folder().toString(), "eng", tesseract.OEM_LSTM_ONLY) != 0) {
      throw new ModelException(
          "Tesseract: cannot be started with data in %s".formatted(data.folder()));
    }
    api.SetVariable("tessedit_char_whitelist", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    api.SetVariable("debug_file", "/dev/null");
  }

  Lines read(Mat plate, boolean twoLines) {
    opencv_imgproc.cvtColor(plate, grey, opencv_imgproc.COLOR_BGR2GRAY);
    int height = LINE_HEIGHT * (twoLines ? 2 : 1);
    int width = Math.round((float) height * plate.cols() / plate.rows());
    try (Size size = new Size(Math.max(1, Math.min(MOST_WIDTH, width)), height)) {
      opencv_imgproc.resize(grey, scaled, size, 0, 0, opencv_imgproc.INTER_CUBIC);
    }
    darkOnLight(scaled);
    try (Scalar white = new Scalar(255)) {
      opencv_core.copyMakeBorder(
          scaled, framed, BORDER, BORDER, BORDER, BORDER, opencv_core.BORDER_CONSTANT, white);
    }
    api.SetPageSegMode(twoLines ? tesseract.PSM_SINGLE_BLOCK : tesseract.PSM_SINGLE_LINE);
    api.SetImage(framed.data(), framed.cols(), framed.rows(), 1, (int) framed.step());
    return api.Recognize(null) == 0 ? lines() : new Lines("", new float[0]);
  }

  private Lines lines() {
    StringBuilder text = new StringBuilder();
    float[] scores = new float[LONGEST_TEXT];
    try (ResultIterator symbols = api.GetIterator()) {
      if (symbols == null || symbols.isNull()) {
        return new Lines("", new float[0]);
      }
      do {
        try (BytePointer symbol = symbols.GetUTF8Text(tesseract.RIL_SYMBOL)) {
          String character =
              symbol == null || symbol.isNull()
                  ? ""
                  : PlateText.normalise(symbol.getString(StandardCharsets.UTF_8));
          if (character.length() == 1 && text.length() < LONGEST_TEXT) {
            float percent = symbols.Confidence(tesseract.RIL_SYMBOL);
            scores[text.length()] = Math.max(0, Math.min(100, percent)) / 100;
            text.append(character);
          }
        }
      } while (symbols.Next(tesseract.RIL_SYMBOL));
    }
    return new Lines(text.toString(), Arrays.copyOf(scores, text.length()));
  }

  /** Print is dark on light: turns plates with light letters over, and stretches the contrast. */
  private static void darkOnLight(Mat image) {
    opencv_core.normalize(
        image, image, 0, 255, opencv_core.NORM_MINMAX, opencv_core.CV_8U, new Mat());
    try (Mat binary = new Mat()) {
      opencv_imgproc.threshold(
          image, binary, 0, 255, opencv_imgproc.THRESH_BINARY | opencv_imgproc.THRESH_OTSU);
      if (opencv_core.countNonZero(binary) * 2L < (long) image.rows() * image.cols()) {
        opencv_core.bitwise_not(image, image);
      }
    }
  }

  @Override
  public void close() {
    api.End();
    api.close();
    grey.close();
    scaled.close();
    framed.close();
  }
}
