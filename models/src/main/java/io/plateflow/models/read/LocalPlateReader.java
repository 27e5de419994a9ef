package io.plateflow.models.read;

import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.models.onnx.ModelSource;
import io.plateflow.models.onnx.OnnxModel;
import io.plateflow.models.onnx.OnnxOptions;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateRead;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Reads plates with the ONNX reader on this machine: crops of the plate with several margins
 * through the network at once, then their lattices through beam search and plate grammar.
 */
public final class LocalPlateReader implements PlateReader {

  private static final String BUILT_IN = "/models/reader/reader.onnx";
  private static final Map<ReaderConfig, LocalPlateReader> SHARED = new ConcurrentHashMap<>();

  private final ReaderConfig config;
  private final OnnxModel model;
  private final ReaderLayout layout;
  private final PlateGrammar grammar;

  // One per thread that reads at the same time, handed on when it is done.
  private final ConcurrentLinkedQueue<ReaderRun> idle = new ConcurrentLinkedQueue<>();

  private LocalPlateReader(
      ReaderConfig config, OnnxModel model, ReaderLayout layout, PlateGrammar grammar) {
    this.config = config;
    this.model = model;
    this.layout = layout;
    this.grammar = grammar;
  }

  /**
   * @throws io.plateflow.models.ModelException where the model is missing or no plate reader
   */
  public static LocalPlateReader open(ReaderConfig config) {
    OnnxModel model =
        OnnxModel.open(
            ModelSource.fileOr(config.model(), BUILT_IN),
            new OnnxOptions(config.device(), config.deviceIndex(), config.threads()));
    try {
      ReaderLayout layout = ReaderLayout.of(model);
      return new LocalPlateReader(config, model, layout, new PlateGrammar(config.grammar()));
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
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
    ReaderRun run = idle.poll();
    if (run == null) {
      run = new ReaderRun(config, model, layout, grammar);
    }
    try {
      return run.read(pixels, plateBox, regions);
    } finally {
      idle.add(run);
    }
  }

  @Override
  public void close() {
    for (ReaderRun run = idle.poll(); run != null; run = idle.poll()) {
      run.close();
    }
    model.close();
  }
}
