package io.plateflow.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonLiteralTest {

  @Test
  void readsNames() {
    assertThat(PythonLiteral.names("{0: 'car', 1: \"driver's cab\", 12: 'it\\'s'}"))
        .containsEntry(0, "car")
        .containsEntry(1, "driver's cab")
        .containsEntry(12, "it's")
        .hasSize(3);
    assertThat(PythonLiteral.names("['car', 'bus']")).containsEntry(1, "bus");
  }

  @Test
  void readsNumbers() {
    assertThat(PythonLiteral.numbers("[384, 640]")).containsExactly(384, 640);
    assertThat(PythonLiteral.numbers("(32,)")).containsExactly(32);
    assertThat(PythonLiteral.numbers("32")).containsExactly(32);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{0: 'car'", "{0 'car'}", "{'car'}", "car", "{0: car}"})
  void refusesWhatIsNoDict(String text) {
    assertThatThrownBy(() -> PythonLiteral.names(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }
}
