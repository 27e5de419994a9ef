package io.plateflow.models.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pictures that arguments name: files as they are, folders by their picture files. */
final class ImageFiles {

  private static final Pattern PICTURE = Pattern.compile(".*\\.(jpe?g|png|webp|bmp)");

  private ImageFiles() {}

  static List<Path> of(List<Path> arguments) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path argument : arguments) {
      if (Files.isDirectory(argument)) {
        try (Stream<Path> inside = Files.list(argument)) {
          inside.filter(ImageFiles::isPicture).sorted().forEach(files::add);
        }
      } else {
        files.add(argument);
      }
    }
    return files;
  }

  private static boolean isPicture(Path file) {
    return Files.isRegularFile(file)
        && PICTURE.matcher(file.getFileName().toString().toLowerCase(Locale.ROOT)).matches();
  }
}
