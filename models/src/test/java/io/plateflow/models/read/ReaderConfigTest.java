package io.plateflow.models.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.models.grammar.GrammarWeights;
import io.plateflow.models.onnx.Device;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReaderConfigTest {

  @Test
  void defaults() {
    ReaderConfig config = ReaderConfig.DEFAULTS;
    assertThat(config.model()).isNull();
    assertThat(config.threads()).isEqualTo(1);
    assertThat(config.beamWidth()).isEqualTo(10);
    assertThat(config.margins()).hasSizeBetween(1, 3);
  }

  @Test
  void rejectsAllProblemsAtOnce() {
    assertThatThrownBy(
            () ->
                new ReaderConfig(
                    null, Device.CPU, 0, 0, 0, List.of(), 0.9, 2, GrammarWeights.DEFAULTS))
        .hasMessageContaining("threads: found 0")
        .hasMessageContaining("beam width: found 0")
        .hasMessageContaining("margins: found 0")
        .hasMessageContaining("min confidence: found 2.0");
  }
}
