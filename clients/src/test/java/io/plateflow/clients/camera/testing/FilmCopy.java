package io.plateflow.clients.camera.testing;

import static io.plateflow.clients.camera.testing.FilmFile.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;

/** Copies the video of films without decoding it. */
public final class FilmCopy {

  /** Looks at each packet before it is written, and changes it. */
  @FunctionalInterface
  interface Step {
    /**
     * Called for each packet in turn.
     *
     * @param number of the packet, from 0 on
     * @return whether the copy goes on; false leaves this packet out, and all after it
     */
    boolean on(AVPacket packet, int number, AVRational timeBase);
  }

  private FilmCopy() {}

  /**
   * Films one after the other.
   *
   * @param films of one size and encoder
   * @param length the rest is cut off
   */
  public static Path joined(List<Path> films, Duration length, Path target) throws IOException {
    Path list = target.resolveSibling(target.getFileName() + ".txt");
    Files.writeString(
        list,
        films.stream()
            .map(film -> "file '" + film.toAbsolutePath() + "'\n")
            .collect(Collectors.joining()));
    AVDictionary options = new AVDictionary(null);
    // Addresses that are no relative ones count as unsafe.
    avutil.av_dict_set(options, "safe", "0", 0);
    return copy(
        list,
        avformat.av_find_input_format("concat"),
        options,
        "mp4",
        target,
        (packet, number, timeBase) ->
            packet.dts() * timeBase.num() * 1000 < length.toMillis() * timeBase.den());
  }

  static Path copy(Path film, String container, Path target, Step step) throws IOException {
    return copy(film, null, new AVDictionary(null), container, target, step);
  }

  private static Path copy(
      Path film,
      AVInputFormat format,
      AVDictionary options,
      String container,
      Path target,
      Step step)
      throws IOException {
    AVFormatContext input = new AVFormatContext(null);
    int opened = avformat.avformat_open_input(input, film.toString(), format, options);
    avutil.av_dict_free(options);
    check("cannot open " + film, opened);
    AVPacket packet = avcodec.av_packet_alloc();
    try (FilmFile output = new FilmFile(target, container)) {
      check(
          "cannot read " + film,
          avformat.avformat_find_stream_info(input, (PointerPointer<?>) null));
      int video =
          check(
              "found no video in " + film,
              avformat.av_find_best_stream(
                  input, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0));
      AVStream stream = input.streams(video);
      check(
          "cannot describe the film",
          avcodec.avcodec_parameters_copy(output.stream().codecpar(), stream.codecpar()));
      // Each container has a name of its own for a codec.
      output.stream().codecpar().codec_tag(0);
      output.stream().avg_frame_rate(stream.avg_frame_rate());
      output.begin(stream.time_base());
      for (int number = 0; avformat.av_read_frame(input, packet) >= 0; ) {
        if (packet.stream_index() != video) {
          avcodec.av_packet_unref(packet);
          continue;
        }
        if (!step.on(packet, number++, stream.time_base())) {
          break;
        }
        output.write(packet);
      }
      output.end();
      return target;
    } finally {
      avcodec.av_packet_free(packet);
      avformat.avformat_close_input(input);
    }
  }
}
