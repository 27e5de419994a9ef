package io.plateflow.clients.camera.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;

/**
 * A film with one video stream that is being written. FFmpeg is used without JavaCV's recorder and
 * without FFmpeg's program, which both load libraries of the desktop.
 */
final class FilmFile implements AutoCloseable {

  static {
    // What goes wrong is thrown; the rest is of no interest to a test.
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
  }

  private final AVFormatContext container;
  private final AVStream stream;
  private AVRational timeBase;

  /**
   * @param format FFmpeg's name of the container
   */
  FilmFile(Path file, String format) throws IOException {
    container = new AVFormatContext(null);
    check(
        "cannot write " + format,
        avformat.avformat_alloc_output_context2(container, null, format, file.toString()));
    AVIOContext output = new AVIOContext(null);
    int opened = avformat.avio_open(output, file.toString(), avformat.AVIO_FLAG_WRITE);
    if (opened < 0) {
      avformat.avformat_free_context(container);
      check("cannot open " + file, opened);
    }
    container.pb(output);
    stream = avformat.avformat_new_stream(container, null);
  }

  /** The video; it is described before {@link #begin}. */
  AVStream stream() {
    return stream;
  }

  void tag(String name, String value) {
    AVDictionary tags = new AVDictionary(container.metadata());
    avutil.av_dict_set(tags, name, value, 0);
    container.metadata(tags);
  }

  /** Whether the codec's headers go into the container instead of before each key picture. */
  boolean wantsGlobalHeader() {
    return (container.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0;
  }

  /**
   * Writes what comes before the first picture.
   *
   * @param timeBase of the packets to come
   */
  void begin(AVRational timeBase) throws IOException {
    this.timeBase = timeBase;
    stream.time_base(timeBase);
    check(
        "cannot begin the film",
        avformat.avformat_write_header(container, (PointerPointer<?>) null));
  }

  /** Takes the packet over. */
  void write(AVPacket packet) throws IOException {
    packet.stream_index(stream.index());
    avcodec.av_packet_rescale_ts(packet, timeBase, stream.time_base());
    check("cannot write", avformat.av_interleaved_write_frame(container, packet));
  }

  /** Writes what comes after the last picture. */
  void end() throws IOException {
    check("cannot end the film", avformat.av_write_trailer(container));
  }

  static int check(String what, int result) throws IOException {
    if (result < 0) {
      byte[] text = new byte[256];
      avutil.av_strerror(result, text, text.length);
      throw new IOException(what + ": " + new String(text, StandardCharsets.UTF_8).trim());
    }
    return result;
  }

  @Override
  public void close() {
    avformat.avio_close(container.pb());
    avformat.avformat_free_context(container);
  }
}
