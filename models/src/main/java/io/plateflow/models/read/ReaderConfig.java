package io.plateflow.models.read;

import io.plateflow.models.grammar.GrammarWeights;
import io.plateflow.models.onnx.Device;
import java.util.ArrayList;
import java.util.List;

/**
 * How plates are read on this machine.
 *
 * @param model path of the reader's ONNX file; null means the two that are built in
 * @param device a GPU where there is one, always the CPU, or always a GPU; default {@link
 *     Device#CPU}, which is faster than a GPU for one small crop
 * @param deviceIndex which GPU, from 0
 * @param threads of one inference, 1..64; default 1, because crops are small and cameras many
 * @param beamWidth texts kept open while the lattice is searched, 1..100; default 10
 * @param margins parts of the plate's width and height that the crops add on every side, -0.2..0.5
 *     each; every margin is one more crop of the same plate, and all crops weigh the texts. Of the
 *     networks built in, the first one reads the first crop and the second one the others
 * @param sureConfidence a read at least this sure needs no further look, 0..1; default 0.95
 * @param minConfidence below it a read is not used and the next rung of the ladder is asked, 0..1;
 *     default 0.02
 * @param grammar how much plate grammar weighs against the picture
 */
public record ReaderConfig(
    String model,
    Device device,
    int deviceIndex,
    int threads,
    int beamWidth,
    List<Double> margins,
    double sureConfidence,
    double minConfidence,
    GrammarWeights grammar) {

  public static final ReaderConfig DEFAULTS =
      new ReaderConfig(
          null,
          Device.CPU,
          0,
          1,
          10,
          List.of(0.03, 0.1, 0.06),
          0.95,
          0.02,
          GrammarWeights.DEFAULTS);

  public ReaderConfig {
    margins = List.copyOf(margins);
    List<String> problems = new ArrayList<>();
    if (deviceIndex < 0) {
      problems.add("device index: found %d, expected 0 or more".formatted(deviceIndex));
    }
    if (threads < 1 || threads > 64) {
      problems.add("threads: found %d, expected 1..64".formatted(threads));
    }
    if (beamWidth < 1 || beamWidth > 100) {
      problems.add("beam width: found %d, expected 1..100".formatted(beamWidth));
    }
    if (margins.isEmpty() || margins.size() > 8) {
      problems.add("margins: found %d, expected 1 to 8 of them".formatted(margins.size()));
    }
    for (double margin : margins) {
      if (!(margin >= -0.2 && margin <= 0.5)) {
        problems.add("margins: found %s, expected -0.2..0.5".formatted(margin));
      }
    }
    if (!(sureConfidence >= 0 && sureConfidence <= 1)) {
      problems.add("sure confidence: found %s, expected 0..1".formatted(sureConfidence));
    }
    if (!(minConfidence >= 0 && minConfidence <= 1)) {
      problems.add("min confidence: found %s, expected 0..1".formatted(minConfidence));
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("Reader config: " + String.join("; ", problems));
    }
  }

  public ReaderConfig withThreads(int newThreads) {
    return new ReaderConfig(
        model,
        device,
        deviceIndex,
        newThreads,
        beamWidth,
        margins,
        sureConfidence,
        minConfidence,
        grammar);
  }
}
