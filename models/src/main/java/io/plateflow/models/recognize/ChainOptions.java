package io.plateflow.models.recognize;

import io.plateflow.models.engine.DetectionConfig;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of every command that runs the whole chain on pictures. */
final class ChainOptions {

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

  @Option(
      names = "--vehicle-model",
      paramLabel = "ONNX",
      description = "A YOLO export that finds vehicles; default: the built-in model.")
  private Path vehicleModel;

  @Option(
      names = "--plate-model",
      paramLabel = "ONNX",
      description = "A YOLO export that finds plates; default: the built-in model.")
  private Path plateModel;

  /** Opens the chain; the caller closes it. */
  ImageRecognizer open() {
    DetectionConfig detection =
        DetectionConfig.DEFAULT
            .withModels(path(vehicleModel), path(plateModel))
            .withThreads(threads, 1);
    return ImageRecognizer.open(detection, () -> ocr.open(threads), regions);
  }

  private static String path(Path path) {
    return path == null ? null : path.toString();
  }
}
