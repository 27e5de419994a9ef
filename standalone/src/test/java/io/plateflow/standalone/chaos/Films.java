package io.plateflow.standalone.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;

/** Longer and shorter films out of the bundled clips, without coding a picture anew. */
final class Films {

  private Films() {}

  /**
   * The clips one after the other, cut after the given time.
   *
   * @param clips of one size and encoder
   */
  static Path joined(List<Path> clips, Duration length, Path film)
      throws IOException, InterruptedException {
    Path list = film.resolveSibling(film.getFileName() + ".txt");
    Files.writeString(
        list, clips.stream().map(clip -> "file '" + clip + "'\n").collect(Collectors.joining()));
    ffmpeg(
        List.of("-f", "concat", "-safe", "0", "-i", list.toString()),
        List.of("-t", Long.toString(length.toSeconds()), "-c", "copy", film.toString()));
    return film;
  }

  /** As a camera sends it: H.264 without a container. */
  static Path raw(Path clip, Path film) throws IOException, InterruptedException {
    ffmpeg(
        List.of("-i", clip.toString()),
        List.of("-c", "copy", "-bsf:v", "h264_mp4toannexb", "-f", "h264", film.toString()));
    return film;
  }

  private static void ffmpeg(List<String> input, List<String> output)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Loader.load(ffmpeg.class));
    command.addAll(List.of("-nostdin", "-loglevel", "error", "-y"));
    command.addAll(input);
    command.addAll(output);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("ffmpeg failed: %s: %s".formatted(output, said));
    }
  }
}
