package io.plateflow.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataLiteralTest {

  @Test
  void readsNames() {
    assertThat(MetadataLiteral.names("{0: 'car', 1: \"driver's cab\", 12: 'it\\'s'}"))
        .containsEntry(0, "car")
        .containsEntry(1, "driver's cab")
        .containsEntry(12, "it's")
        .hasSize(3);
    assertThat(MetadataLiteral.names("['car', 'bus']")).containsEntry(1, "bus");
    assertThat(MetadataLiteral.names("{0: car}")).containsEntry(0, "car");
  }

  @Test
  void readsNumbers() {
    assertThat(MetadataLiteral.numbers("[384, 640]")).containsExactly(384, 640);
    assertThat(MetadataLiteral.numbers("(384, 640)")).containsExactly(384, 640);
    assertThat(MetadataLiteral.numbers("(32,)")).containsExactly(32);
    assertThat(MetadataLiteral.numbers("32")).containsExactly(32);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{0: 'car'", "{0 'car'}", "{'car'}", "car", "{0: 5}"})
  void refusesWhatIsNoDict(String text) {
    assertThatThrownBy(() -> MetadataLiteral.names(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }
}
