package io.plateflow.models.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.models.config.ConfigCheck;
import io.plateflow.models.grammar.GrammarWeights;
import io.plateflow.models.onnx.Device;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReaderConfigTest {

  @Test
  void defaults() {
    ReaderConfig config = ReaderConfig.DEFAULT;
    assertThat(config.model()).isNull();
    assertThat(config.threads()).isEqualTo(1);
    assertThat(config.beamWidth()).isEqualTo(10);
    assertThat(config.margins()).hasSizeBetween(1, 3);
  }

  @Test
  void rejectsAllProblemsAtOnce() {
    assertThatThrownBy(
            () ->
                ConfigCheck.valid(
                    new ReaderConfig(
                        null, Device.CPU, 0, 0, 0, List.of(), 0.9, 2, GrammarWeights.DEFAULT)))
        .hasMessageContaining("threads: found 0")
        .hasMessageContaining("beamWidth: found 0")
        .hasMessageContaining("margins: size must be between 1 and 8")
        .hasMessageContaining("minConfidence: found 2.0");
    assertThatThrownBy(() -> ConfigCheck.valid(ReaderConfig.DEFAULT.withMargins(List.of(0.1, 0.6))))
        .hasMessageContaining("margins[1]")
        .hasMessageContaining("found 0.6");
  }
}
