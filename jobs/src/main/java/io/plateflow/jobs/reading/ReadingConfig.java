package io.plateflow.jobs.reading;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.plateflow.jobs.pass.LadderConfig;
import io.plateflow.models.read.ReaderConfig;
import io.soabase.recordbuilder.core.RecordBuilder;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.io.Serializable;

/**
 * Which readers read plates, and how often.
 *
 * @param readers what is asked
 * @param local the reader of this machine
 * @param repeats when a plate that is in view is read again
 * @param minScore a plate whose reads agree less surely than this counts as not read; without a
 *     vehicle it is noise
 * @param ladder which cameras also ask Gemini, and when
 */
@RecordBuilder
public record ReadingConfig(
    Readers readers,
    @JsonUnwrapped ReaderConfig local,
    @JsonUnwrapped RepeatConfig repeats,
    @DecimalMin("0") @DecimalMax("1") double minScore,
    @JsonUnwrapped LadderConfig ladder)
    implements ReadingConfigBuilder.With, Serializable {

  public static final ReadingConfig DEFAULT =
      new ReadingConfig(
          Readers.LADDER, ReaderConfig.DEFAULT, RepeatConfig.DEFAULT, 0.1, LadderConfig.DEFAULT);

  /** The rungs that are used. */
  public enum Readers {
    /** The local ONNX reader, then Tesseract where it read nothing usable. */
    LADDER,
    /** The local ONNX reader alone. */
    LOCAL,
    /** Tesseract alone. */
    TESSERACT
  }
}
