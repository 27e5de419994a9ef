package io.plateflow.clients.camera.testing;

import static io.plateflow.clients.camera.testing.FilmFile.check;

import io.plateflow.schemas.frame.Pixels;
import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/** Makes a film out of pictures. */
public final class FilmRecorder implements AutoCloseable {

  /**
   * What a film is made as.
   *
   * @param container FFmpeg's name of it
   * @param codec one of {@code AV_CODEC_ID_…}
   * @param rate frames per second
   * @param bitRate bits per second
   * @param keyEvery frames from one key picture to the next
   * @param reordered most pictures in a row that are decoded after the one that they stand before
   */
  public record Format(
      String container, int codec, int rate, int bitRate, int keyEvery, int reordered) {

    /** H.264 without reordered pictures. */
    public static Format h264(String container, int rate, int bitRate, int keyEvery) {
      return new Format(container, avcodec.AV_CODEC_ID_H264, rate, bitRate, keyEvery, 0);
    }

    /** MPEG-4 part 2. */
    public static Format mpeg4(int rate, int bitRate, int keyEvery, int reordered) {
      return new Format("mp4", avcodec.AV_CODEC_ID_MPEG4, rate, bitRate, keyEvery, reordered);
    }
  }

  private final FilmFile file;
  private final AVCodecContext encoder;
  private final AVFrame frame;
  private final AVPacket packet;
  private final SwsContext scaler;
  private long recorded;
  private boolean begun;

  /**
   * @param width of every picture, in pixels, even
   * @param height of every picture, in pixels, even
   */
  public FilmRecorder(Path path, Format format, int width, int height) throws IOException {
    AVCodec codec = avcodec.avcodec_find_encoder(format.codec());
    file = new FilmFile(path, format.container());
    encoder = avcodec.avcodec_alloc_context3(codec);
    encoder
        .width(width)
        .height(height)
        .pix_fmt(avutil.AV_PIX_FMT_YUV420P)
        .time_base(rational(1, format.rate()))
        .framerate(rational(format.rate(), 1))
        .bit_rate(format.bitRate())
        .gop_size(format.keyEvery())
        .max_b_frames(format.reordered());
    if (file.wantsGlobalHeader()) {
      encoder.flags(encoder.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    }
    check("cannot open the encoder", avcodec.avcodec_open2(encoder, codec, (AVDictionary) null));
    file.stream().avg_frame_rate(encoder.framerate());
    check(
        "cannot describe the film",
        avcodec.avcodec_parameters_from_context(file.stream().codecpar(), encoder));
    frame = avutil.av_frame_alloc();
    frame.width(width).height(height).format(encoder.pix_fmt());
    check("cannot hold a picture", avutil.av_frame_get_buffer(frame, 0));
    packet = avcodec.av_packet_alloc();
    scaler =
        swscale.sws_getContext(
            width,
            height,
            avutil.AV_PIX_FMT_BGR24,
            width,
            height,
            encoder.pix_fmt(),
            swscale.SWS_BILINEAR,
            null,
            null,
            (DoublePointer) null);
  }

  private static AVRational rational(int numerator, int denominator) {
    return avutil.av_make_q(numerator, denominator);
  }

  /** Something that the container says about the film; before the first picture. */
  public FilmRecorder tag(String name, String value) {
    file.tag(name, value);
    return this;
  }

  /**
   * Makes the container ask for a turn; before the first picture.
   *
   * @param degrees counterclockwise
   */
  public FilmRecorder turned(int degrees) {
    AVCodecParameters described = file.stream().codecpar();
    IntPointer count = new IntPointer(1).put(described.nb_coded_side_data());
    AVPacketSideData all = new AVPacketSideData(described.coded_side_data());
    AVPacketSideData matrix =
        avcodec.av_packet_side_data_new(
            all, count, avcodec.AV_PKT_DATA_DISPLAYMATRIX, 9 * Integer.BYTES, 0);
    avutil.av_display_rotation_set(new IntPointer(matrix.data()), -degrees);
    described.coded_side_data(all).nb_coded_side_data(count.get());
    return this;
  }

  /** Adds a picture. */
  public void record(Pixels pixels) throws IOException {
    check("cannot write to the picture", avutil.av_frame_make_writable(frame));
    try (PointerPointer<BytePointer> data = new PointerPointer<>(4);
        IntPointer strides = new IntPointer(4)) {
      data.put(0, new BytePointer(pixels.bgr().duplicate().clear()));
      strides.put(0, pixels.width() * 3);
      swscale.sws_scale(scaler, data, strides, 0, pixels.height(), frame.data(), frame.linesize());
    }
    frame.pts(recorded++);
    encode(frame);
  }

  private void encode(AVFrame next) throws IOException {
    if (!begun) {
      file.begin(encoder.time_base());
      begun = true;
    }
    check("cannot encode", avcodec.avcodec_send_frame(encoder, next));
    while (true) {
      int received = avcodec.avcodec_receive_packet(encoder, packet);
      if (received == avutil.AVERROR_EAGAIN() || received == avutil.AVERROR_EOF()) {
        return;
      }
      check("cannot encode", received);
      packet.duration(1);
      file.write(packet);
    }
  }

  /** Writes what the encoder still holds; without it, the file is no film. */
  public void finish() throws IOException {
    encode(null);
    file.end();
  }

  @Override
  public void close() {
    swscale.sws_freeContext(scaler);
    avcodec.av_packet_free(packet);
    avutil.av_frame_free(frame);
    avcodec.avcodec_free_context(encoder);
    file.close();
  }
}
