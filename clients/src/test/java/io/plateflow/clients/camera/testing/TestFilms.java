package io.plateflow.clients.camera.testing;

import io.plateflow.schemas.frame.Pixels;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.bytedeco.javacv.FrameRecorder;

/** Small films in which no two pictures are alike. */
public final class TestFilms {

  public static final int RATE = 25;
  private static final int KEY_EVERY = 12;

  private TestFilms() {}

  /** H.264 in MP4. */
  public static Path h264(Path file, int frames, int width, int height) {
    return record(file, "mp4", avcodec.AV_CODEC_ID_H264, frames, width, height, 0, null);
  }

  /** H.264 without a container, as a camera sends it. */
  public static Path rawH264(Path file, int frames, int width, int height) {
    return record(file, "h264", avcodec.AV_CODEC_ID_H264, frames, width, height, 0, null);
  }

  /** MPEG-4 part 2 with pictures that are decoded in another order than they are shown. */
  public static Path reordered(Path file, int frames, int width, int height) {
    return record(file, "mp4", avcodec.AV_CODEC_ID_MPEG4, frames, width, height, 2, null);
  }

  /** H.264 that says when it was made. */
  public static Path createdAt(Path file, int frames, String createdAt) {
    return record(file, "mp4", avcodec.AV_CODEC_ID_H264, frames, 320, 192, 0, createdAt);
  }

  /** H.264 of a camera that was held upright: the container asks for a quarter turn. */
  public static Path turned(Path file, int frames, int width, int height, int degrees) {
    return record(file, "mp4", avcodec.AV_CODEC_ID_H264, frames, width, height, 0, null, degrees);
  }

  /**
   * A film again, in Matroska, in which one picture has the time of the one before it and all that
   * follow come one picture early.
   *
   * @param repeated number of that picture
   */
  public static Path withTimeThatStandsStill(Path film, Path file, int repeated) {
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(film.toFile());
        FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), 320, 192)) {
      grabber.start();
      recorder.setFormat("matroska");
      recorder.start(grabber.getFormatContext());
      int n = 0;
      for (AVPacket packet = grabber.grabPacket();
          packet != null;
          packet = grabber.grabPacket(), n++) {
        if (n >= repeated) {
          packet.pts(packet.pts() - packet.duration()).dts(packet.dts() - packet.duration());
        }
        recorder.recordPacket(packet);
      }
      recorder.stop();
      return file;
    } catch (FrameGrabber.Exception | FrameRecorder.Exception e) {
      throw new IllegalStateException("cannot record %s".formatted(file), e);
    }
  }

  private static Path record(
      Path file,
      String format,
      int codec,
      int frames,
      int width,
      int height,
      int reordered,
      String createdAt) {
    return record(file, format, codec, frames, width, height, reordered, createdAt, 0);
  }

  private static Path record(
      Path file,
      String format,
      int codec,
      int frames,
      int width,
      int height,
      int reordered,
      String createdAt,
      int degrees) {
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), width, height)) {
      recorder.setFormat(format);
      recorder.setVideoCodec(codec);
      recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
      recorder.setFrameRate(RATE);
      recorder.setGopSize(KEY_EVERY);
      recorder.setMaxBFrames(reordered);
      recorder.setVideoBitrate(2_000_000);
      if (createdAt != null) {
        recorder.setMetadata("creation_time", createdAt);
      }
      if (degrees != 0) {
        recorder.setDisplayRotation(degrees);
      }
      recorder.start();
      try (Frame frame = new Frame(width, height, Frame.DEPTH_UBYTE, 3)) {
        for (int n = 0; n < frames; n++) {
          paint((ByteBuffer) frame.image[0], frame.imageStride, width, height, n);
          recorder.record(frame);
        }
      }
      recorder.stop();
      return file;
    } catch (FrameRecorder.Exception e) {
      throw new IllegalStateException("cannot record %s".formatted(file), e);
    }
  }

  /** A slope that moves on with each picture. */
  private static void paint(ByteBuffer bgr, int stride, int width, int height, int n) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = y * stride + x * 3;
        bgr.put(at, (byte) (x * 255 / width));
        bgr.put(at + 1, (byte) (y * 255 / height));
        bgr.put(at + 2, (byte) ((x / 16 + y / 16 + n) % 16 * 16));
      }
    }
  }

  /** A number that stands for the whole picture. */
  public static long fingerprint(Pixels pixels) {
    CRC32C crc = new CRC32C();
    crc.update(pixels.bgr().duplicate().clear().limit(pixels.width() * pixels.height() * 3));
    return crc.getValue();
  }
}
