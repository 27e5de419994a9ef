package io.plateflow.models.read;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.plateflow.models.grammar.GrammarWeights;
import io.plateflow.models.onnx.Device;
import io.soabase.recordbuilder.core.RecordBuilder;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How plates are read on this machine.
 *
 * @param model path of the reader's ONNX file; null means the two that are built in
 * @param device a GPU where there is one, always the CPU, or always a GPU; default {@link
 *     Device#CPU}, which is faster than a GPU for one small crop
 * @param deviceIndex which GPU, from 0
 * @param threads of one inference; one, because crops are small and cameras many
 * @param beamWidth texts kept open while the lattice is searched
 * @param margins parts of the plate's width and height that the crops add on every side; every
 *     margin is one more crop of the same plate, and all crops weigh the texts. Of the networks
 *     built in, the first one reads the first crop and the second one the others
 * @param sureConfidence a read at least this sure needs no further look
 * @param minConfidence below it a read is not used and the next rung of the ladder is asked
 * @param grammar how much plate grammar weighs against the picture
 */
@RecordBuilder
public record ReaderConfig(
    @Nullable String model,
    @JsonIgnore Device device,
    @JsonIgnore @Min(0) int deviceIndex,
    @Min(1) @Max(64) int threads,
    @JsonIgnore @Min(1) @Max(100) int beamWidth,
    @JsonIgnore @Size(min = 1, max = 8) List<@DecimalMin("-0.2") @DecimalMax("0.5") Double> margins,
    @JsonIgnore @DecimalMin("0") @DecimalMax("1") double sureConfidence,
    @JsonIgnore @DecimalMin("0") @DecimalMax("1") double minConfidence,
    @JsonIgnore GrammarWeights grammar)
    implements ReaderConfigBuilder.With, Serializable {

  public static final ReaderConfig DEFAULT =
      new ReaderConfig(
          null, Device.CPU, 0, 1, 10, List.of(0.03, 0.1, 0.06), 0.95, 0.02, GrammarWeights.DEFAULT);

  public ReaderConfig {
    margins = List.copyOf(margins);
  }
}
