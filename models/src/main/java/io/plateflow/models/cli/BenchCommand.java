package io.plateflow.models.cli;

import io.plateflow.models.ModelException;
import io.plateflow.models.gemini.GeminiConfig;
import io.plateflow.models.image.ImageDecoder;
import io.plateflow.models.read.PlateReader;
import io.plateflow.models.recognition.RecognizedImage;
import io.plateflow.models.tesseract.TesseractPlateReader;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.frame.UnreadableImageException;
import io.plateflow.schemas.geometry.BoundingBox;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code scripts/bench}: how well and how fast pictures are recognized. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Measures how well and how fast pictures are recognized.")
public final class BenchCommand {

  private final PrintStream out;

  private BenchCommand(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) {
    System.exit(run(new PrintStream(System.out, true, StandardCharsets.UTF_8), args));
  }

  static int run(PrintStream out, String... args) {
    CommandLine command = new CommandLine(new BenchCommand(out));
    command.setExecutionExceptionHandler(
        (e, line, parsed) -> {
          line.getErr().println(e.getMessage());
          return line.getCommandSpec().exitCodeOnExecutionException();
        });
    return args.length == 0 ? command.execute("--help") : command.execute(args);
  }

  @Command(
      name = "accuracy",
      mixinStandardHelpOptions = true,
      description = "Recognizes a folder of pictures and compares with a truth table.")
  int accuracy(
      @Mixin ChainOptions chain,
      @Option(
              names = "--misses",
              description = "Also print each vehicle and plate that was missed or misread.")
          boolean misses,
      @Parameters(paramLabel = "TRUTH.tsv", description = "Table of what the pictures show.")
          Path truth,
      @Parameters(paramLabel = "FOLDER", description = "Folder of the pictures.") Path folder)
      throws IOException {
    List<TruthTable.Row> rows = TruthTable.read(truth);
    List<Path> files = ImageFiles.of(List.of(folder));
    StageTimes times = new StageTimes();
    Map<String, RecognizedImage> results = recognize(chain, files, 1, times);
    AccuracyScore all = new AccuracyScore();
    Map<String, AccuracyScore> byRegion = new TreeMap<>();
    for (TruthTable.Row row : rows) {
      RecognizedImage result = results.get(row.image());
      all.add(row, result);
      if (row.region() != null) {
        byRegion.computeIfAbsent(row.region(), r -> new AccuracyScore()).add(row, result);
      }
    }
    byRegion.forEach((region, score) -> out.printf("%s: %s%n", region, score));
    out.printf("all: %s%n%s", all, times.table());
    if (misses) {
      all.misses().forEach(out::println);
    }
    return 0;
  }

  @Command(
      name = "detect",
      mixinStandardHelpOptions = true,
      description = "Recognizes pictures several times and prints what each stage takes.")
  int detect(
      @Mixin ChainOptions chain,
      @Option(
              names = "--rounds",
              paramLabel = "N",
              defaultValue = "5",
              description = "How often each picture is looked at; default: ${DEFAULT-VALUE}.")
          int rounds,
      @Parameters(arity = "1..*", paramLabel = "FILE|FOLDER", description = "Pictures.")
          List<Path> arguments)
      throws IOException {
    StageTimes times = new StageTimes();
    recognize(chain, ImageFiles.of(arguments), rounds, times);
    out.print(times.table());
    out.printf(Locale.ROOT, "processor time %.1f ms a picture%n", times.processorMillis());
    return 0;
  }

  @Command(
      name = "ocr",
      mixinStandardHelpOptions = true,
      description = {
        "Reads the plates of pictures with every rung of the ladder: reads per second, p50 and"
            + " p99.",
        "Gemini is asked where GEMINI_API_KEY or GOOGLE_API_KEY is set, within its limits;",
        "--gemini-base-url names another server that answers as it does."
      })
  int ocr(
      @Mixin ChainOptions chain,
      @Option(
              names = "--rounds",
              paramLabel = "N",
              defaultValue = "5",
              description =
                  "How often each plate is read by a local rung; default: ${DEFAULT-VALUE}.")
          int rounds,
      @Parameters(arity = "1..*", paramLabel = "FILE|FOLDER", description = "Pictures.")
          List<Path> arguments)
      throws IOException {
    List<OcrBench.Plate> plates = plates(chain, ImageFiles.of(arguments));
    if (plates.isEmpty()) {
      throw new ModelException("No plates: found none in " + arguments);
    }
    OcrBench bench = new OcrBench(plates, chain.regions(), rounds);
    out.printf("%d plates%n%s", plates.size(), RungTimes.header());
    try (PlateReader local = chain.localReader()) {
      out.print(bench.read("local", local).line());
    }
    try (PlateReader tesseract = TesseractPlateReader.open()) {
      out.print(bench.read("tesseract", tesseract).line());
    }
    GeminiConfig gemini = chain.gemini().config(System.getenv());
    if (gemini.endpoint().key() != null) {
      out.print(bench.read(gemini).line());
    }
    plates.stream().map(OcrBench.Plate::pixels).distinct().forEach(Pixels::release);
    return 0;
  }

  @Command(
      name = "lists",
      mixinStandardHelpOptions = true,
      description = "Loads made-up lists of plates and matches plates with them.")
  int lists(
      @Option(
              names = "--entries",
              paramLabel = "N",
              defaultValue = "100000",
              description = "Of all lists together; default: ${DEFAULT-VALUE}.")
          int entries) {
    out.print(new ListBench(entries).run());
    return 0;
  }

  /** Where the plates are, found once; their pictures stay open. */
  private static List<OcrBench.Plate> plates(ChainOptions chain, List<Path> files)
      throws IOException {
    List<OcrBench.Plate> plates = new ArrayList<>();
    ImageDecoder decoder = new ImageDecoder();
    try (RecognitionChain recognition = chain.openLocal()) {
      for (Path file : files) {
        try {
          byte[] encoded = Files.readAllBytes(file);
          List<BoundingBox> boxes = plateBoxes(recognition.recognize(encoded));
          if (!boxes.isEmpty()) {
            Pixels pixels = decoder.decode(encoded);
            boxes.forEach(box -> plates.add(new OcrBench.Plate(pixels, box)));
          }
        } catch (UnreadableImageException | ModelException e) {
          System.err.printf("%s: %s%n", file, e.getMessage());
        }
      }
    }
    return plates;
  }

  private static List<BoundingBox> plateBoxes(RecognizedImage image) {
    return image.detections().stream()
        .map(found -> found.detection().plate())
        .filter(Objects::nonNull)
        .map(Detection::box)
        .toList();
  }

  /** Results of the last round by file name. */
  private static Map<String, RecognizedImage> recognize(
      ChainOptions chain, List<Path> files, int rounds, StageTimes times) throws IOException {
    Map<String, RecognizedImage> results = new HashMap<>();
    try (RecognitionChain recognition = chain.open()) {
      recognition.warmUp(files);
      times.start();
      for (int round = 0; round < rounds; round++) {
        for (Path file : files) {
          try {
            RecognizedImage result = recognition.recognize(Files.readAllBytes(file));
            results.put(file.getFileName().toString(), result);
            times.add(result);
          } catch (UnreadableImageException | ModelException e) {
            System.err.printf("%s: %s%n", file, e.getMessage());
          }
        }
      }
      times.end();
    }
    return results;
  }
}
