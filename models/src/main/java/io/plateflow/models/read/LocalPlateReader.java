package io.plateflow.models.read;

import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.models.onnx.ModelSource;
import io.plateflow.models.onnx.OnnxOptions;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateRead;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Reads plates with the ONNX readers on this machine: crops of the plate with several margins until
 * the read is sure, their lattices through beam search and plate grammar. The first crop goes
 * through the first network; where that is unsure the second one, which gets larger and levelled
 * crops and errs elsewhere, reads the others.
 */
public final class LocalPlateReader implements PlateReader {

  private static final List<String> BUILT_IN =
      List.of("/models/reader/reader.onnx", "/models/reader/second.onnx");
  private static final Map<ReaderConfig, LocalPlateReader> SHARED = new ConcurrentHashMap<>();

  private final ReaderConfig config;
  private final List<OcrNetwork> networks;
  private final PlateGrammar grammar;

  // One per thread that reads at the same time, handed on when it is done.
  private final ConcurrentLinkedQueue<OcrRun> idle = new ConcurrentLinkedQueue<>();

  private LocalPlateReader(ReaderConfig config, List<OcrNetwork> networks, PlateGrammar grammar) {
    this.config = config;
    this.networks = networks;
    this.grammar = grammar;
  }

  /**
   * @throws io.plateflow.models.ModelException where the model is missing or no plate reader
   */
  public static LocalPlateReader open(ReaderConfig config) {
    OnnxOptions options = new OnnxOptions(config.device(), config.deviceIndex(), config.threads());
    List<OcrNetwork> networks = new ArrayList<>();
    try {
      for (ModelSource source : sources(config)) {
        networks.add(OcrNetwork.open(source, options));
      }
      return new LocalPlateReader(
          config, List.copyOf(networks), new PlateGrammar(config.grammar()));
    } catch (RuntimeException e) {
      networks.forEach(OcrNetwork::close);
      throw e;
    }
  }

  private static List<ModelSource> sources(ReaderConfig config) {
    return config.model() == null
        ? BUILT_IN.stream().map(ModelSource::resource).toList()
        : List.of(ModelSource.file(Path.of(config.model())));
  }

  /** The reader of this process for these settings; it is never closed. */
  public static PlateReader shared(ReaderConfig config) {
    LocalPlateReader reader = SHARED.computeIfAbsent(config, LocalPlateReader::open);
    return reader::read;
  }

  /** What the grammar of this reader knows. */
  public PlateGrammar grammar() {
    return grammar;
  }

  @Override
  public PlateRead read(Pixels pixels, BoundingBox plateBox, List<String> regions) {
    OcrRun run = idle.poll();
    if (run == null) {
      run = new OcrRun(config, networks, grammar);
    }
    try {
      return run.read(pixels, plateBox, regions);
    } finally {
      idle.add(run);
    }
  }

  @Override
  public void close() {
    for (OcrRun run = idle.poll(); run != null; run = idle.poll()) {
      run.close();
    }
    networks.forEach(OcrNetwork::close);
  }
}
