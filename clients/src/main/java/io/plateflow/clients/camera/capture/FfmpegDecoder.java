package io.plateflow.clients.camera.capture;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_network_init;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_display_rotation_get;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the video stream of one input, picture by picture. FFmpeg is used without JavaCV's
 * grabber, which cannot interrupt a call that waits for the network.
 */
final class FfmpegDecoder implements AutoCloseable {

  /** One for all inputs: JavaCPP has room for ten such callbacks in a process. */
  private static final AVIOInterruptCB.Callback_Pointer INTERRUPT =
      new AVIOInterruptCB.Callback_Pointer() {
        @Override
        public int call(Pointer aborted) {
          return new IntPointer(aborted).get();
        }
      };

  static {
    // What goes wrong is reported by the camera's state; FFmpeg's own log prints whole addresses.
    av_log_set_level(AV_LOG_QUIET);
    avformat_network_init();
  }

  private static final long MICROS = 1_000_000;

  /** Damage that leaves a picture not worth looking at. */
  private static final int DAMAGE =
      AVFrame.FF_DECODE_ERROR_INVALID_BITSTREAM | AVFrame.FF_DECODE_ERROR_DECODE_SLICES;

  /** 1 interrupts every blocked call. */
  private final IntPointer aborted = new IntPointer(1).put(0);

  // Pointers to nothing until it is open, and after it is closed.
  private AVFormatContext container = new AVFormatContext(null);
  private AVCodecContext codec = new AVCodecContext(null);
  private AVPacket packet = new AVPacket(null);
  private AVFrame frame = new AVFrame(null);
  private AVStream stream = new AVStream(null);
  private int streamIndex;
  private boolean drained;
  private boolean onlyKeyPictures;
  private long leftOut;
  private long decodeNanos;

  /** Opens the input and finds its video. */
  void open(FfmpegInput input, int threads, boolean live) throws IOException {
    AVInputFormat format = input.format() == null ? null : CaptureDevices.find(input.format());
    container = avformat_alloc_context();
    container.interrupt_callback().callback(INTERRUPT).opaque(aborted);
    AVDictionary options = new AVDictionary(null);
    input.options().forEach((key, value) -> av_dict_set(options, key, value, 0));
    int opened = avformat_open_input(container, input.url(), format, options);
    av_dict_free(options);
    if (opened < 0) {
      // FFmpeg has freed the container.
      container = new AVFormatContext(null);
      throw failure("cannot open", opened);
    }
    check(
        "cannot read the stream's description",
        avformat_find_stream_info(container, (PointerPointer<?>) null));
    streamIndex = av_find_best_stream(container, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
    if (streamIndex < 0) {
      throw new IOException("found no video in it");
    }
    stream = container.streams(streamIndex);
    for (int i = 0; i < container.nb_streams(); i++) {
      if (i != streamIndex) {
        container.streams(i).discard(avcodec.AVDISCARD_ALL);
      }
    }
    openCodec(threads, live);
    packet = av_packet_alloc();
    frame = av_frame_alloc();
  }

  private void openCodec(int threads, boolean live) throws IOException {
    AVCodec decoder = avcodec_find_decoder(stream.codecpar().codec_id());
    if (decoder == null || decoder.isNull()) {
      throw new IOException("found a video codec that cannot be decoded");
    }
    codec = avcodec_alloc_context3(decoder);
    check("cannot set the decoder up", avcodec_parameters_to_context(codec, stream.codecpar()));
    codec.pkt_timebase(stream.time_base());
    codec.thread_count(threads);
    if (live) {
      // Threads over frames would hold one picture back for each of them.
      codec.thread_type(AVCodecContext.FF_THREAD_SLICE);
      codec.flags(codec.flags() | avcodec.AV_CODEC_FLAG_LOW_DELAY);
    }
    check("cannot open the decoder", avcodec_open2(codec, decoder, (AVDictionary) null));
  }

  /** The result of {@link #advance}. */
  enum Step {
    PICTURE,
    /** A damaged packet; the following ones may be decodable. */
    DAMAGE,
    END
  }

  /** Advances to the next picture. */
  Step advance() throws IOException {
    while (true) {
      long begun = System.nanoTime();
      int received = avcodec_receive_frame(codec, frame);
      decodeNanos += System.nanoTime() - begun;
      if (received == 0) {
        return Step.PICTURE;
      }
      if (received == AVERROR_EOF() || drained) {
        return Step.END;
      }
      if (received != AVERROR_EAGAIN()) {
        return Step.DAMAGE;
      }
      int read = av_read_frame(container, packet);
      if (read == AVERROR_EOF()) {
        drained = true;
        avcodec_send_packet(codec, (AVPacket) null);
        continue;
      }
      check("reading stopped", read);
      if (packet.stream_index() != streamIndex) {
        av_packet_unref(packet);
        continue;
      }
      if (onlyKeyPictures && (packet.flags() & avcodec.AV_PKT_FLAG_KEY) == 0) {
        leftOut++;
      }
      begun = System.nanoTime();
      int sent = avcodec_send_packet(codec, packet);
      decodeNanos += System.nanoTime() - begun;
      av_packet_unref(packet);
      if (sent < 0) {
        return Step.DAMAGE;
      }
    }
  }

  /** From the next picture on: decodes only those that need no others, or all again. */
  void onlyKeyPictures(boolean only) {
    onlyKeyPictures = only;
    codec.skip_frame(only ? avcodec.AVDISCARD_NONKEY : avcodec.AVDISCARD_DEFAULT);
  }

  /** Pictures skipped because of {@link #onlyKeyPictures} so far. */
  long leftOut() {
    return leftOut;
  }

  /** Time spent in the decoder so far, without what reading and waiting took. */
  long decodeNanos() {
    return decodeNanos;
  }

  /** Seeks to the key picture at or before the given time; {@link #advance} returns it. */
  boolean seek(long micros) {
    drained = false;
    boolean found =
        av_seek_frame(container, streamIndex, fromMicros(micros), AVSEEK_FLAG_BACKWARD) >= 0;
    avcodec_flush_buffers(codec);
    return found;
  }

  /** Of the current picture, from the start of the stream; -1 where the stream does not say. */
  long timestampMicros() {
    long pts = frame.best_effort_timestamp();
    return pts == AV_NOPTS_VALUE ? -1 : Math.max(0, toMicros(pts));
  }

  private long toMicros(long pts) {
    AVRational base = stream.time_base();
    return Math.round((double) (pts - start()) * base.num() * MICROS / base.den());
  }

  private long fromMicros(long micros) {
    AVRational base = stream.time_base();
    return start() + Math.round((double) micros * base.den() / ((double) base.num() * MICROS));
  }

  private long start() {
    return stream.start_time() == AV_NOPTS_VALUE ? 0 : stream.start_time();
  }

  /** Duration of a picture as the stream declares it; 40 ms where it declares none. */
  long pictureMicros() {
    AVRational rate = stream.avg_frame_rate();
    return rate.num() > 0 && rate.den() > 0
        ? Math.max(1, MICROS * rate.den() / rate.num())
        : 40_000;
  }

  boolean isKey() {
    return (frame.flags() & AVFrame.AV_FRAME_FLAG_KEY) != 0;
  }

  boolean isDamaged() {
    return (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0
        || (frame.decode_error_flags() & DAMAGE) != 0;
  }

  AVFrame picture() {
    return frame;
  }

  /** Clockwise quarter turns that the container asks for, 0 to 3. */
  int quarterTurns() {
    AVCodecParameters parameters = stream.codecpar();
    AVPacketSideData matrix =
        av_packet_side_data_get(
            parameters.coded_side_data(),
            parameters.nb_coded_side_data(),
            AV_PKT_DATA_DISPLAYMATRIX);
    if (matrix == null || matrix.isNull()) {
      return 0;
    }
    // The angle counts counterclockwise.
    double angle = av_display_rotation_get(new IntPointer(matrix.data()));
    return Double.isNaN(angle) ? 0 : Math.floorMod((int) Math.round(-angle / 90), 4);
  }

  /** A tag of the container, or null. */
  @Nullable String tag(String name) {
    AVDictionary tags = container.metadata();
    AVDictionaryEntry entry = tags == null ? null : av_dict_get(tags, name, null, 0);
    return entry == null || entry.isNull() ? null : entry.value().getString(StandardCharsets.UTF_8);
  }

  /** Called by another thread: interrupts a blocked call. */
  void abort() {
    aborted.put(1);
  }

  private static void check(String what, int result) throws IOException {
    if (result < 0) {
      throw failure(what, result);
    }
  }

  private static IOException failure(String what, int error) {
    byte[] text = new byte[256];
    av_strerror(error, text, text.length);
    int length = 0;
    while (length < text.length && text[length] != 0) {
      length++;
    }
    return new IOException(
        "%s: %s".formatted(what, new String(text, 0, length, StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    // Saying goodbye to a server that is gone must not wait either.
    abort();
    if (!frame.isNull()) {
      av_frame_free(frame);
      frame = new AVFrame(null);
    }
    if (!packet.isNull()) {
      av_packet_free(packet);
      packet = new AVPacket(null);
    }
    if (!codec.isNull()) {
      avcodec_free_context(codec);
      codec = new AVCodecContext(null);
    }
    if (!container.isNull()) {
      avformat_close_input(container);
      container = new AVFormatContext(null);
    }
  }
}
