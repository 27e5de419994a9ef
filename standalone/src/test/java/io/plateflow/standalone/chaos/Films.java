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

/** Longer and shorter films out of the bundled clips, and one as a live camera sends it. */
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

  /** The beginning of a clip as a camera sends it: no container, no reordered pictures. */
  static Path live(Path clip, Duration length, Path film) throws IOException, InterruptedException {
    ffmpeg(
        List.of("-i", clip.toString(), "-t", Long.toString(length.toSeconds())),
        List.of("-c:v", "libopenh264", "-b:v", "3M", "-g", "10", "-f", "h264", film.toString()));
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
