package io.plateflow.models.recognize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.models.ModelException;
import io.plateflow.models.attributes.AttributeReader;
import io.plateflow.models.engine.DetectionConfig;
import io.plateflow.models.engine.DetectionEngine;
import io.plateflow.models.read.PlateReader;
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
import picocli.CommandLine;
import picocli.CommandLine.Command;
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

  // Enough for the compiler to see the hot loops; more would be felt by who asks for one picture.
  private static final int MOST_WARM_UPS = 8;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|FOLDER",
      description = "Pictures (JPEG, PNG, WebP, BMP), or folders of them.")
  private List<Path> arguments;

  @Option(names = "--json", description = "One JSON document per picture and line, nothing else.")
  private boolean json;

  @Option(
      names = "--annotate",
      paramLabel = "DIR",
      description = "Write each picture with its boxes and texts into DIR.")
  private Path annotateFolder;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of a model run; default: the processors of this machine.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--ocr",
      paramLabel = "READER",
      description = "Reader of plates: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private ReaderChoice ocr = ReaderChoice.local;

  @Option(
      names = "--regions",
      split = ",",
      paramLabel = "CC",
      description = "Countries whose plates are expected, most likely first; default: any.")
  private List<String> regions = List.of();

  @Option(names = "--vehicle-model", paramLabel = "ONNX", description = "A YOLO export of yours.")
  private Path vehicleModel;

  @Option(names = "--plate-model", paramLabel = "ONNX", description = "A YOLO export of yours.")
  private Path plateModel;

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
    try (DetectionEngine engine = DetectionEngine.open(detectionConfig());
        PlateReader reader = ocr.open(threads)) {
      ImageRecognizer recognizer =
          new ImageRecognizer(engine, reader, new AttributeReader(), regions);
      warmUp(recognizer, files);
      boolean allGood = true;
      for (Path file : files) {
        allGood &= recognize(recognizer, file);
      }
      return allGood ? 0 : 1;
    }
  }

  private DetectionConfig detectionConfig() {
    return DetectionConfig.DEFAULT
        .withModels(
            vehicleModel == null ? null : vehicleModel.toString(),
            plateModel == null ? null : plateModel.toString())
        .withThreads(threads, 1);
  }

  /** Compiles the hot code before anything is timed. */
  private static void warmUp(ImageRecognizer recognizer, List<Path> files) {
    for (Path file : files.subList(0, Math.min(MOST_WARM_UPS, files.size()))) {
      try {
        recognizer.recognize(Files.readAllBytes(file));
      } catch (IOException | UnreadableImageException | ModelException e) {
        // It comes again, and is reported then.
        continue;
      }
    }
  }

  private boolean recognize(ImageRecognizer recognizer, Path file) throws IOException {
    String reason;
    try {
      byte[] encoded = Files.readAllBytes(file);
      RecognizedImage result = recognizer.recognize(encoded);
      print(file, result);
      if (annotateFolder != null) {
        annotate(recognizer, file, encoded, result);
      }
      return true;
    } catch (UnreadableImageException | ModelException e) {
      reason = e.getMessage();
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

  private void annotate(
      ImageRecognizer recognizer, Path file, byte[] encoded, RecognizedImage result)
      throws UnreadableImageException, IOException {
    Pixels pixels = recognizer.decode(encoded);
    try {
      Path target = annotateFolder.resolve(file.getFileName() + ".annotated.jpg");
      Files.write(target, Annotation.jpeg(pixels, result));
    } finally {
      pixels.release();
    }
  }
}
