package io.plateflow.models.cli;

import io.plateflow.models.config.ConfigCheck;
import io.plateflow.models.engine.DetectionConfig;
import io.plateflow.models.read.LocalPlateReader;
import io.plateflow.models.read.PlateReader;
import io.plateflow.models.read.ReaderConfig;
import io.plateflow.models.tesseract.TesseractPlateReader;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
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
      description = "Who reads the plates: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private OcrChoice ocr = OcrChoice.LOCAL;

  @Mixin private final GeminiOptions gemini = new GeminiOptions();

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
  private @Nullable Path vehicleModel;

  @Option(
      names = "--plate-model",
      paramLabel = "ONNX",
      description = "A YOLO export that finds plates; default: the built-in model.")
  private @Nullable Path plateModel;

  /** Opens the chain; the caller closes it. */
  RecognitionChain open() {
    if (ocr.mode().gemini()) {
      return RecognitionChain.openWithGemini(
          detection(), this::localReader, ocr.mode(), gemini.config(System.getenv()), regions);
    }
    return ocr == OcrChoice.TESSERACT
        ? RecognitionChain.openLocal(detection(), TesseractPlateReader::open, regions)
        : openLocal();
  }

  /** The same with the local reader, whatever was chosen. */
  RecognitionChain openLocal() {
    return RecognitionChain.openLocal(detection(), this::localReader, regions);
  }

  GeminiOptions gemini() {
    return gemini;
  }

  List<String> regions() {
    return regions;
  }

  private DetectionConfig detection() {
    DetectionConfig defaults = DetectionConfig.DEFAULT;
    DetectionConfig.Batching batching = defaults.batching();
    DetectionConfig.Processor processor = defaults.processor();
    return ConfigCheck.valid(
        defaults
            .withModels(new DetectionConfig.Models(path(vehicleModel), path(plateModel)))
            .withBatching(new DetectionConfig.Batching(1, batching.maxBatch(), batching.maxWait()))
            .withProcessor(
                new DetectionConfig.Processor(
                    threads, processor.device(), processor.deviceIndex())));
  }

  PlateReader localReader() {
    return LocalPlateReader.open(ConfigCheck.valid(ReaderConfig.DEFAULT.withThreads(threads)));
  }

  private static @Nullable String path(@Nullable Path path) {
    return path == null ? null : path.toString();
  }
}
