package io.plateflow.models.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.models.ModelException;
import io.plateflow.models.image.ImageDecoder;
import io.plateflow.models.image.JpegEncoder;
import io.plateflow.models.recognition.Annotation;
import io.plateflow.models.recognition.RecognizedImage;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.frame.UnreadableImageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code scripts/recognize}: vehicles and plates of still pictures, without Flink. */
@Command(
    name = "recognize",
    mixinStandardHelpOptions = true,
    description = "Finds vehicles and plates in pictures and reads the plates.",
    footer = {
      "",
      "Exit code: 0 when all went well, 1 when a picture could not be used, 2 for a wrong call."
    })
public final class RecognizeCommand implements Callable<Integer> {

  private static final int ANNOTATED_QUALITY = 88;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|FOLDER",
      description = "Pictures (JPEG, PNG, WebP, BMP), or folders of them.")
  private List<Path> arguments = List.of();

  @Option(names = "--json", description = "One JSON document per picture and line, nothing else.")
  private boolean json;

  @Option(
      names = "--annotate",
      paramLabel = "DIR",
      description = "Write each picture with its boxes and texts into DIR.")
  private @Nullable Path annotateFolder;

  @Mixin private final ChainOptions chain = new ChainOptions();

  private final PrintStream out;
  private final ObjectMapper mapper = new ObjectMapper();

  RecognizeCommand(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(out, args));
  }

  static int run(PrintStream out, String... args) {
    CommandLine command = new CommandLine(new RecognizeCommand(out));
    command.setExecutionExceptionHandler(
        (e, line, parsed) -> {
          line.getErr().println(e.getMessage());
          return line.getCommandSpec().exitCodeOnExecutionException();
        });
    return command.execute(args);
  }

  @Override
  public Integer call() throws IOException {
    List<Path> files = ImageFiles.of(arguments);
    if (annotateFolder != null) {
      Files.createDirectories(annotateFolder);
    }
    try (RecognitionChain recognition = chain.open()) {
      recognition.warmUp(files);
      boolean allGood = true;
      for (Path file : files) {
        allGood &= recognize(recognition, file);
      }
      return allGood ? 0 : 1;
    }
  }

  private boolean recognize(RecognitionChain recognition, Path file) throws IOException {
    String reason;
    try {
      byte[] encoded = Files.readAllBytes(file);
      RecognizedImage result = recognition.recognize(encoded);
      print(file, result);
      if (annotateFolder != null) {
        annotate(annotateFolder, file, encoded, result);
      }
      return true;
    } catch (UnreadableImageException | ModelException e) {
      reason = String.valueOf(e.getMessage());
    } catch (NoSuchFileException e) {
      reason = "No such file";
    } catch (IOException e) {
      reason = "Cannot be read: " + e;
    }
    printError(file, reason);
    return false;
  }

  private void print(Path file, RecognizedImage result) throws JsonProcessingException {
    if (json) {
      print(ResultDocument.of(file.toString(), result));
    } else {
      out.print(ResultTable.of(file.toString(), result));
    }
  }

  private void printError(Path file, String reason) throws JsonProcessingException {
    if (json) {
      print(ResultDocument.error(file.toString(), reason));
    } else {
      out.printf("%s  not read: %s%n", file, reason);
    }
  }

  private void print(ObjectNode document) throws JsonProcessingException {
    out.println(mapper.writeValueAsString(document));
  }

  private static void annotate(Path folder, Path file, byte[] encoded, RecognizedImage result)
      throws UnreadableImageException, IOException {
    Pixels pixels = new ImageDecoder().decode(encoded);
    try {
      Path target = folder.resolve(file.getFileName() + ".annotated.jpg");
      Annotation.drawVehicles(pixels, result.detections());
      Annotation.drawPlates(pixels, result.detections());
      Files.write(target, JpegEncoder.encode(pixels, null, ANNOTATED_QUALITY));
    } finally {
      pixels.release();
    }
  }
}
