package io.plateflow.clients.camera.capture;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_DEFAULT;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.frame.UnreadableImageException;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** Converts decoded pictures to packed BGR in pooled buffers. */
final class BgrConverter implements AutoCloseable {

  /** Of a packet that holds no picture. */
  static final GrabbedFrame.Loader UNDECODABLE =
      (pool, rotation) -> {
        throw new UnreadableImageException("found bytes that cannot be decoded");
      };

  /** The scaler writes whole vectors; rows that end elsewhere need room behind them. */
  private static final int ALIGNMENT = 64;

  private final long maxPixels;

  /** The scaler's current set-up; repeating it for every picture costs more than scaling. */
  private record Source(int width, int height, int format, int space, int range) {
    private Source(int width, int height, AVFrame picture) {
      this(width, height, picture.format(), picture.colorspace(), picture.color_range());
    }
  }

  private @Nullable Source prepared;
  private @Nullable SwsContext scaler;
  private ByteBuffer padded = ByteBuffer.allocateDirect(0);

  BgrConverter(long maxPixels) {
    this.maxPixels = maxPixels;
  }

  /** Loads the decoder's picture, which must be its current one until then. */
  GrabbedFrame.Loader loader(FfmpegDecoder decoder) {
    return (pool, rotation) -> {
      if (decoder.isDamaged()) {
        throw new UnreadableImageException("found a damaged picture");
      }
      int turns = decoder.quarterTurns() + rotation.quarterTurns();
      return convert(decoder.picture(), turns, pool);
    };
  }

  /**
   * @param quarterTurns clockwise: those of the film and those of the camera's configuration
   */
  Pixels convert(AVFrame picture, int quarterTurns, PixelPool pool)
      throws UnreadableImageException, InterruptedException {
    int width = picture.width();
    int height = picture.height();
    if ((long) width * height > maxPixels) {
      throw new UnreadableImageException(
          "found %d x %d pixels, expected at most %d in all".formatted(width, height, maxPixels));
    }
    prepare(new Source(width, height, picture));
    int turns = quarterTurns % 4;
    Pixels pixels = turns % 2 == 1 ? pool.lend(height, width) : pool.lend(width, height);
    int row = width * 3;
    int stride = (row + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (turns != 0) {
      scaleToPadding(picture, stride);
      PixelTurn.turn(padded, width, height, stride, turns, pixels.bgr());
    } else if (stride == row) {
      scale(picture, pixels.bgr(), row);
    } else {
      scaleToPadding(picture, stride);
      for (int y = 0; y < height; y++) {
        pixels.bgr().put(y * row, padded, y * stride, row);
      }
    }
    return pixels;
  }

  private void prepare(Source source) throws UnreadableImageException {
    if (source.equals(prepared)) {
      return;
    }
    prepared = null;
    scaler =
        sws_getCachedContext(
            scaler,
            source.width(),
            source.height(),
            source.format(),
            source.width(),
            source.height(),
            AV_PIX_FMT_BGR24,
            SWS_BILINEAR,
            null,
            null,
            (DoublePointer) null);
    if (scaler == null || scaler.isNull()) {
      scaler = null;
      throw new UnreadableImageException(
          "found pixel format %d, which cannot be converted".formatted(source.format()));
    }
    // Films in the colours of HD television would come out with a tint otherwise. Refused for
    // formats that have no such colours, such as RGB and grey; they need none.
    int space = source.space() == AVCOL_SPC_UNSPECIFIED ? SWS_CS_DEFAULT : source.space();
    sws_setColorspaceDetails(
        scaler,
        sws_getCoefficients(space),
        source.range() == AVCOL_RANGE_JPEG ? 1 : 0,
        sws_getCoefficients(SWS_CS_DEFAULT),
        1,
        0,
        1 << 16,
        1 << 16);
    prepared = source;
  }

  private void scaleToPadding(AVFrame picture, int stride) {
    int bytes = stride * (picture.height() + 1);
    if (padded.capacity() < bytes) {
      padded = ByteBuffer.allocateDirect(bytes);
    }
    scale(picture, padded, stride);
  }

  private void scale(AVFrame picture, ByteBuffer target, int stride) {
    try (PointerPointer<BytePointer> data = new PointerPointer<>(4);
        IntPointer strides = new IntPointer(4)) {
      data.put(0, new BytePointer(target.duplicate().clear()));
      strides.put(0, stride);
      sws_scale(scaler, picture.data(), picture.linesize(), 0, picture.height(), data, strides);
    }
  }

  @Override
  public void close() {
    if (scaler != null) {
      sws_freeContext(scaler);
      scaler = null;
    }
  }
}
