package io.plateflow.models.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plateflow.models.TestPictures;
import io.plateflow.models.image.JpegEncoder;
import io.plateflow.schemas.frame.Pixels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecognizeCommandTest {

  @TempDir private Path folder;

  @Test
  void printsOneDocumentPerPictureAndGoesOnAfterABadOne() throws IOException {
    Path good = Files.write(folder.resolve("b.jpg"), gateScene());
    byte[] cut = Arrays.copyOf(gateScene(), 2000);
    Path truncated = Files.write(folder.resolve("a.jpg"), cut);
    Files.writeString(folder.resolve("notes.txt"), "not a picture, and not asked for");
    Path missing = folder.resolve("none.jpg");
    Path annotated = folder.resolve("annotated");

    Run run =
        run("--json", "--annotate", annotated.toString(), folder.toString(), missing.toString());

    assertThat(run.exitCode).isEqualTo(1);
    assertThat(run.documents()).hasSize(3);
    JsonNode first = run.documents().get(0);
    assertThat(first.get("file").asText()).isEqualTo(truncated.toString());
    assertThat(first.get("error").asText()).startsWith("Truncated");
    assertThat(first.has("detections")).isFalse();
    assertThat(run.documents().get(2).get("error").asText()).isEqualTo("No such file");
    JsonNode document = run.documents().get(1);
    assertThat(document.get("file").asText()).isEqualTo(good.toString());
    assertThat(document.get("ms").fieldNames())
        .toIterable()
        .containsExactly(
            "decode", "vehicle_detection", "plate_detection", "plate_recognition", "total");
    assertThat(document.at("/summary/vehicles_with_plates").asInt()).isEqualTo(1);
    JsonNode detection = document.at("/detections/0");
    assertThat(detection.get("detection_type").asText()).isEqualTo("vehicle_with_plate");
    assertThat(detection.get("pairing_method").asText()).isEqualTo("containment");
    assertThat(detection.at("/vehicle/vehicle_class").asText()).isEqualTo("car");
    assertThat(detection.at("/vehicle/vehicle_bounding_box")).hasSize(4);
    assertThat(detection.at("/plate/plate_bounding_box")).hasSize(4);
    assertThat(detection.at("/plate/candidates").isArray()).isTrue();
    assertThat(detection.at("/plate/plate_blue_strip").asText()).isIn("yes", "no");
    assertThat(annotated.resolve("b.jpg.annotated.jpg")).isNotEmptyFile();
  }

  @Test
  void printsATableForPeople() throws IOException {
    Path good = Files.write(folder.resolve("b.jpg"), gateScene());

    Run run = run(good.toString());

    assertThat(run.exitCode).isZero();
    assertThat(run.output).contains("b.jpg  640x640").contains("car");
  }

  @Test
  void refusesAModelThatIsNoDetector() throws IOException {
    Path good = Files.write(folder.resolve("b.jpg"), gateScene());

    Run run = run("--vehicle-model", model("classifier"), good.toString());

    assertThat(run.exitCode).isEqualTo(1);
    assertThat(run.output).isEmpty();
  }

  @Test
  void refusesAWrongCall() throws IOException {
    assertThat(run().exitCode).isEqualTo(2);
    assertThat(run("--no-such-option", "x.jpg").exitCode).isEqualTo(2);
  }

  private static Run run(String... arguments) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of("--threads", "1", "--ocr", "tesseract", "--plate-model", model("blue-plate")));
    if (!Arrays.asList(arguments).contains("--vehicle-model")) {
      all.addAll(List.of("--vehicle-model", model("red-car")));
    }
    all.addAll(List.of(arguments));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int exitCode = RecognizeCommand.run(out, all.toArray(String[]::new));
    return new Run(exitCode, bytes.toString(StandardCharsets.UTF_8));
  }

  private static String model(String name) {
    return TestPictures.file("/yolo/" + name + ".onnx").toString();
  }

  /** What the tests' models take for a car with a plate. */
  private static byte[] gateScene() {
    Pixels frame = TestPictures.paint(TestPictures.black(640, 640), 240, 320, 80, 80, 255, 0, 0);
    TestPictures.paint(frame, 280, 360, 40, 40, 0, 0, 255);
    return JpegEncoder.encode(frame, null, 95);
  }

  private record Run(int exitCode, String output) {
    List<JsonNode> documents() throws IOException {
      List<JsonNode> documents = new ArrayList<>();
      for (String line : output.lines().toList()) {
        documents.add(new ObjectMapper().readTree(line));
      }
      return documents;
    }
  }
}
