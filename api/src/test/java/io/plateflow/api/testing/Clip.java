package io.plateflow.api.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.OpenCVFrameConverter;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/** Pictures of the bundled clip. */
public final class Clip {

  /** The text of the plate on {@link #car}. */
  public static final String PLATE = "B1876KJR";

  private Clip() {}

  /** A JPEG of a car that stands before a gate by day, 1280x720. */
  public static byte[] car() {
    return frame(37, null, ".jpg");
  }

  /** The same as PNG. */
  public static byte[] carAsPng() {
    return frame(37, null, ".png");
  }

  /** A JPEG of its plate, and nothing else. */
  public static byte[] plate() {
    try (Rect plate = new Rect(330, 581, 118, 44)) {
      return frame(37, plate, ".jpg");
    }
  }

  /** Without FFmpeg's own messages, and without the frames before it. */
  private static byte[] frame(int number, Rect part, String ending) {
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber("../standalone/demo/gate-entry.mp4");
        OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat();
        BytePointer encoded = new BytePointer()) {
      grabber.start();
      grabber.setVideoFrameNumber(number);
      Mat picture = converter.convert(grabber.grabImage());
      opencv_imgcodecs.imencode(ending, part == null ? picture : new Mat(picture, part), encoded);
      byte[] bytes = new byte[Math.toIntExact(encoded.limit())];
      encoded.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
