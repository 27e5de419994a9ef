package io.plateflow.models.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.models.ModelException;
import io.plateflow.models.grammar.GrammarWeights;
import io.plateflow.models.image.PixelView;
import io.plateflow.models.onnx.Device;
import io.plateflow.models.testing.DrawnPlates;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.ConfusionDistance;
import io.plateflow.schemas.plate.PlateRead;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPlateReaderITCase {

  private static final BoundingBox PLATE = DrawnPlates.PLATE;
  private static LocalPlateReader reader;

  @BeforeAll
  static void open() {
    reader = LocalPlateReader.open(ReaderConfig.DEFAULT);
  }

  @AfterAll
  static void close() {
    reader.close();
  }

  @Test
  void readsADrawnPlate() {
    PlateRead read = reader.read(drawn("DK 4796 KT", false), PLATE, List.of("id"));
    // Drawn with strokes of one width, which no plate has: one character may be off.
    assertThat(ConfusionDistance.distance(read.text(), "DK4796KT")).isLessThanOrEqualTo(1);
    assertThat(read.country()).isEqualTo("id");
    assertThat(read.reader()).isEqualTo("local");
    assertThat(read.characterScores()).hasSize(8);
    assertThat(read.candidates().get(0).text()).isEqualTo(read.text());
    assertThat(read.candidates().get(0).score()).isEqualTo(read.confidence());
  }

  @Test
  void threadsShareAReaderAndReadTheSame() throws Exception {
    Pixels pixels = drawn("DK 4796 KT", false);
    PlateRead alone = reader.read(pixels, PLATE, List.of());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<PlateRead>> reads =
          threads.invokeAll(
              IntStream.range(0, 24)
                  .<Callable<PlateRead>>mapToObj(i -> () -> reader.read(pixels, PLATE, List.of()))
                  .toList());
      for (Future<PlateRead> read : reads) {
        assertThat(read.get().text()).isEqualTo(alone.text());
        assertThat(read.get().confidence()).isEqualTo(alone.confidence());
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aPictureWithoutAPlateGivesNothingThatIsUsed() {
    Pixels upsideDown = drawn("DK 4796 KT", true);
    Pixels one = new Pixels(ByteBuffer.allocateDirect(3), 1, 1);
    assertUnused(reader.read(one, new BoundingBox(0, 0, 1, 1), List.of()));
    for (BoundingBox box :
        List.of(
            new BoundingBox(10, 10, 10, 10),
            new BoundingBox(-100, -100, -50, -50),
            new BoundingBox(5000, 5000, 5100, 5050),
            new BoundingBox(0, 0, 0.2, 160))) {
      assertUnused(reader.read(upsideDown, box, List.of("xx")));
    }
    ByteBuffer noise = ByteBuffer.allocateDirect(8000 * 20 * 3);
    Random random = new Random(5);
    while (noise.hasRemaining()) {
      noise.put((byte) random.nextInt(256));
    }
    Pixels panorama = new Pixels(noise, 8000, 20);
    assertUnused(reader.read(panorama, new BoundingBox(0, 0, 8000, 20), List.of()));
    assertUnused(reader.read(upsideDown, PLATE, List.of()));
  }

  private static void assertUnused(PlateRead read) {
    assertThat(read)
        .matches(
            r -> r.isEmpty() || r.confidence() < ReaderConfig.DEFAULT.minConfidence(),
            "empty or less sure than what is used");
  }

  @Test
  void blankPictureReadsNothingSure() {
    Pixels grey = new Pixels(ByteBuffer.allocateDirect(200 * 60 * 3), 200, 60);
    PlateRead read = reader.read(grey, new BoundingBox(0, 0, 200, 60), List.of());
    assertThat(read.isEmpty() || read.confidence() < 0.5).isTrue();
  }

  @Test
  void filesThatAreNoReaderAreRefused(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("reader.onnx"), "not a model");
    assertThatThrownBy(() -> LocalPlateReader.open(config(text.toString())))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("reader.onnx");
    assertThatThrownBy(() -> LocalPlateReader.open(config(folder.resolve("none").toString())))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void anotherNetworkIsAskedWhereTheFirstOneIsUnsure(@TempDir Path folder) throws IOException {
    Path first = folder.resolve("first.onnx");
    try (InputStream in = getClass().getResourceAsStream("/models/reader/reader.onnx")) {
      Files.copy(in, first);
    }
    Pixels pixels = drawn("DK 4796 KT", false);
    try (LocalPlateReader alone = LocalPlateReader.open(config(first.toString(), 1));
        LocalPlateReader both = LocalPlateReader.open(config(null, 1));
        LocalPlateReader satisfied = LocalPlateReader.open(config(null, 0))) {
      PlateRead oneLook = alone.read(pixels, PLATE, List.of());
      assertThat(both.read(pixels, PLATE, List.of()).confidence())
          .isNotEqualTo(oneLook.confidence());
      // Nothing is less sure than 0: one look is enough.
      assertThat(satisfied.read(pixels, PLATE, List.of()).confidence())
          .isEqualTo(oneLook.confidence());
    }
  }

  private static ReaderConfig config(String model) {
    return config(model, 0.95);
  }

  private static ReaderConfig config(String model, double sureConfidence) {
    // The same crop twice: only another network sees something else in it.
    return new ReaderConfig(
        model,
        Device.CPU,
        0,
        1,
        10,
        List.of(0.03, 0.03),
        sureConfidence,
        0.02,
        GrammarWeights.DEFAULT);
  }

  private static Pixels drawn(String text, boolean upsideDown) {
    Pixels pixels = DrawnPlates.scene(text);
    if (upsideDown) {
      try (PixelView view = PixelView.of(pixels);
          Mat picture = view.whole()) {
        opencv_core.flip(picture, picture, -1);
      }
    }
    return pixels;
  }
}
