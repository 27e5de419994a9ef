package io.plateflow.models.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plateflow.models.image.PixelRegion;
import io.plateflow.models.onnx.OnnxOutput;
import io.plateflow.models.onnx.YoloLayout;
import io.plateflow.schemas.geometry.BoundingBox;
import java.nio.FloatBuffer;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YoloDecoderTest {

  private static final Placement IDENTITY = new Placement(new PixelRegion(0, 0, 640, 640), 1, 0, 0);

  @Test
  void findsNothingBelowTheLowestScore() {
    float[][] rows = anchors(2, 8400);
    set(rows, 17, 100, 100, 20, 10, 0, 0.2f);

    assertThat(decode(rows, 0.25)).isEmpty();
  }

  @ParameterizedTest
  // Anchors of a 640x640, a 320x320 and a 416x256 input.
  @ValueSource(ints = {8400, 2100, 2184})
  void findsTheFirstAndTheLastAnchorAtEverySize(int anchors) {
    float[][] rows = anchors(2, anchors);
    set(rows, 0, 100, 50, 20, 10, 1, 0.5f);
    set(rows, anchors - 1, 300, 200, 40, 30, 0, 0.9f);

    assertThat(decode(rows, 0.25))
        .containsExactly(
            new Candidate(0, 0.9f, new BoundingBox(280, 185, 320, 215)),
            new Candidate(1, 0.5f, new BoundingBox(90, 45, 110, 55)));
  }

  @Test
  void takesTheBestClassOfAnAnchorAndDropsUnwantedOnes() {
    float[][] rows = anchors(3, 4);
    set(rows, 1, 10, 10, 4, 4, 0, 0.4f);
    set(rows, 1, 10, 10, 4, 4, 2, 0.6f);
    set(rows, 2, 30, 30, 4, 4, 1, 0.7f);
    BitSet wanted = labels(3);
    wanted.clear(1);

    List<Candidate> found =
        new YoloDecoder(YoloLayout.ANCHORS, wanted, 0.25).decode(output(rows), 0, IDENTITY);

    assertThat(found).hasSize(1);
    assertThat(found.get(0).label()).isEqualTo(2);
  }

  @Test
  void mapsBackThroughScaleAndPadding() {
    // A 1280x720 region at (100, 50), scaled by half into 640x384: 12 rows of padding above.
    Placement placement = new Placement(new PixelRegion(100, 50, 1280, 720), 0.5, 0, 12);
    float[][] rows = anchors(1, 5);
    set(rows, 3, 320, 192, 64, 36, 0, 0.8f);

    List<Candidate> found = decode(rows, placement);

    assertThat(found).hasSize(1);
    assertBox(found.get(0).box(), 100 + 576, 50 + 324, 100 + 704, 50 + 396);
  }

  @Test
  void cutsBoxesAtTheRegion() {
    Placement placement = new Placement(new PixelRegion(10, 20, 100, 60), 1, 0, 2);
    float[][] rows = anchors(1, 2);
    set(rows, 0, 0, 0, 40, 40, 0, 0.8f);

    assertBox(decode(rows, placement).get(0).box(), 10, 20, 30, 38);
  }

  @Test
  void readsEachPictureOfABatch() {
    float[][] first = anchors(1, 3);
    set(first, 0, 10, 10, 4, 4, 0, 0.5f);
    float[][] second = anchors(1, 3);
    set(second, 2, 50, 50, 4, 4, 0, 0.6f);
    FloatBuffer both = FloatBuffer.allocate(30);
    both.put(output(first).values().duplicate()).put(output(second).values().duplicate());
    OnnxOutput output = new OnnxOutput(both, new long[] {2, 5, 3});
    YoloDecoder decoder = new YoloDecoder(YoloLayout.ANCHORS, labels(1), 0.25);

    assertBox(decoder.decode(output, 0, IDENTITY).get(0).box(), 8, 8, 12, 12);
    assertBox(decoder.decode(output, 1, IDENTITY).get(0).box(), 48, 48, 52, 52);
  }

  @Test
  void readsTheEndToEndLayout() {
    FloatBuffer values = FloatBuffer.allocate(300 * 6);
    values.put(0, new float[] {10, 20, 50, 60, 0.7f, 1, 100, 110, 120, 130, 0.9f, 0});
    OnnxOutput output = new OnnxOutput(values, new long[] {1, 300, 6});

    List<Candidate> found =
        new YoloDecoder(YoloLayout.END_TO_END, labels(2), 0.25).decode(output, 0, IDENTITY);

    assertThat(found)
        .containsExactly(
            new Candidate(0, 0.9f, new BoundingBox(100, 110, 120, 130)),
            new Candidate(1, 0.7f, new BoundingBox(10, 20, 50, 60)));
  }

  @Test
  void dropsNumbersThatAreNone() {
    float[][] rows = anchors(1, 3);
    set(rows, 0, Float.NaN, 10, 4, 4, 0, 0.5f);
    set(rows, 1, 10, 10, 4, 4, 0, Float.NaN);
    set(rows, 2, 10, 10, -4, 4, 0, 0.5f);

    assertThat(decode(rows, 0.25)).isEmpty();
  }

  private static float[][] anchors(int classes, int anchors) {
    return new float[4 + classes][anchors];
  }

  private static void set(
      float[][] rows, int anchor, float x, float y, float w, float h, int label, float score) {
    rows[0][anchor] = x;
    rows[1][anchor] = y;
    rows[2][anchor] = w;
    rows[3][anchor] = h;
    rows[4 + label][anchor] = score;
  }

  private static OnnxOutput output(float[][] rows) {
    FloatBuffer values = FloatBuffer.allocate(rows.length * rows[0].length);
    for (float[] row : rows) {
      values.put(row);
    }
    return new OnnxOutput(values.flip(), new long[] {1, rows.length, rows[0].length});
  }

  private static BitSet labels(int count) {
    BitSet labels = new BitSet();
    labels.set(0, count);
    return labels;
  }

  private static List<Candidate> decode(float[][] rows, double minScore) {
    return new YoloDecoder(YoloLayout.ANCHORS, labels(rows.length - 4), minScore)
        .decode(output(rows), 0, IDENTITY);
  }

  private static List<Candidate> decode(float[][] rows, Placement placement) {
    return new YoloDecoder(YoloLayout.ANCHORS, labels(rows.length - 4), 0.25)
        .decode(output(rows), 0, placement);
  }

  private static void assertBox(BoundingBox box, double x1, double y1, double x2, double y2) {
    assertThat(box.x1()).isCloseTo(x1, within(1e-4));
    assertThat(box.y1()).isCloseTo(y1, within(1e-4));
    assertThat(box.x2()).isCloseTo(x2, within(1e-4));
    assertThat(box.y2()).isCloseTo(y2, within(1e-4));
  }
}
