package io.plateflow.connectors.camera.client;

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

/** Writes decoded pictures into pooled buffers, as packed BGR. */
final class BgrConverter implements AutoCloseable {

  /** The scaler writes whole vectors; rows that end elsewhere need room behind them. */
  private static final int ALIGNMENT = 64;

  private final long maxPixels;
  private SwsContext scaler;
  private ByteBuffer padded = ByteBuffer.allocateDirect(0);

  BgrConverter(long maxPixels) {
    this.maxPixels = maxPixels;
  }

  Pixels convert(AVFrame picture, PixelPool pool)
      throws UnreadableImageException, InterruptedException {
    int width = picture.width();
    int height = picture.height();
    if ((long) width * height > maxPixels) {
      throw new UnreadableImageException(
          "found %d x %d pixels, expected at most %d in all".formatted(width, height, maxPixels));
    }
    scaler =
        sws_getCachedContext(
            scaler,
            width,
            height,
            picture.format(),
            width,
            height,
            AV_PIX_FMT_BGR24,
            SWS_BILINEAR,
            null,
            null,
            (DoublePointer) null);
    if (scaler == null || scaler.isNull()) {
      scaler = null;
      throw new UnreadableImageException(
          "found pixel format %d, which cannot be converted".formatted(picture.format()));
    }
    applyColours(picture);
    Pixels pixels = pool.lend(width, height);
    int row = width * 3;
    int stride = (row + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (stride == row) {
      scale(picture, pixels.bgr(), row);
    } else {
      scaleThroughPadding(picture, pixels.bgr(), row, stride);
    }
    return pixels;
  }

  /** Films in the colours of HD television would come out with a tint otherwise. */
  private void applyColours(AVFrame picture) {
    int space =
        picture.colorspace() == AVCOL_SPC_UNSPECIFIED ? SWS_CS_DEFAULT : picture.colorspace();
    int fullRange = picture.color_range() == AVCOL_RANGE_JPEG ? 1 : 0;
    IntPointer from = sws_getCoefficients(space);
    IntPointer to = sws_getCoefficients(SWS_CS_DEFAULT);
    // Refused for formats that have no such colours, such as RGB and grey; they need none.
    sws_setColorspaceDetails(scaler, from, fullRange, to, 1, 0, 1 << 16, 1 << 16);
  }

  private void scaleThroughPadding(AVFrame picture, ByteBuffer bgr, int row, int stride) {
    int bytes = stride * (picture.height() + 1);
    if (padded.capacity() < bytes) {
      padded = ByteBuffer.allocateDirect(bytes);
    }
    scale(picture, padded, stride);
    for (int y = 0; y < picture.height(); y++) {
      bgr.put(y * row, padded, y * stride, row);
    }
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
