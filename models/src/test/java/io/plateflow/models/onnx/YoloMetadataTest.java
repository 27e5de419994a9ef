package io.plateflow.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.models.ModelException;
import io.plateflow.models.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YoloMetadataTest {

  @Test
  void readsAModelOfAnySize() {
    YoloMetadata metadata = read("any-size");

    assertThat(metadata.labels()).containsExactly("car", "motorcycle");
    assertThat(metadata.stride()).isEqualTo(32);
    assertThat(metadata.width()).isEqualTo(64);
    assertThat(metadata.anySize()).isTrue();
    assertThat(metadata.batch()).isZero();
    assertThat(metadata.layout()).isEqualTo(YoloLayout.ANCHORS);
  }

  @Test
  void readsAnEndToEndModelOfOneSize() {
    YoloMetadata metadata = read("end-to-end");

    assertThat(metadata.anySize()).isFalse();
    assertThat(metadata.layout()).isEqualTo(YoloLayout.END_TO_END);
  }

  @Test
  void refusesAClassifier() {
    assertThatThrownBy(() -> read("classifier"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("classifier.onnx")
        .hasMessageContaining("found task 'classify'")
        .hasMessageContaining("expected a YOLO detector");
    assertThatThrownBy(() -> read("classifier-without-task"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("found output [1, 3] with 3 class names");
    assertThatThrownBy(() -> read("no-names"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("found no 'names' in the metadata");
  }

  @Test
  void refusesWhatIsNoModel(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("text.onnx"), "not a model");

    assertThatThrownBy(() -> OnnxModel.open(ModelSource.file(text), OnnxOptions.cpu(1)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("text.onnx");
    assertThatThrownBy(
            () -> OnnxModel.open(ModelSource.file(folder.resolve("none")), OnnxOptions.cpu(1)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("no such file");
  }

  private static YoloMetadata read(String name) {
    try (OnnxModel model =
        OnnxModel.open(
            ModelSource.file(TestPictures.file("/yolo/" + name + ".onnx")), OnnxOptions.cpu(1))) {
      return YoloMetadata.read(model);
    }
  }
}
