package io.plateflow.models.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.models.TestPictures;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.frame.UnreadableImageException;
import io.plateflow.schemas.geometry.BoundingBox;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {

  private final ImageDecoder decoder = new ImageDecoder();

  @Test
  void decodesToBgr() throws Exception {
    byte[] png = encoded(".png", opencv_core.CV_8UC3, 3, 2, new Scalar(10, 20, 30, 0));

    Pixels pixels = decoder.decode(png);

    assertThat(pixels.width()).isEqualTo(3);
    assertThat(pixels.height()).isEqualTo(2);
    assertColour(pixels, 2, 1, 30, 20, 10);
    pixels.release();
  }

  @Test
  void turnsGreySixteenBitAndTransparentPicturesToBgr() throws Exception {
    assertColour(decode(".png", opencv_core.CV_8UC1, new Scalar(77)), 0, 0, 77, 77, 77);
    assertColour(
        decode(".png", opencv_core.CV_16UC1, new Scalar(200 * 257.0)), 0, 0, 200, 200, 200);
    assertColour(
        decode(".png", opencv_core.CV_16UC3, new Scalar(0, 100 * 257.0, 200 * 257.0, 0)),
        0,
        0,
        200,
        100,
        0);
    assertColour(
        decode(".png", opencv_core.CV_8UC4, new Scalar(10, 20, 30, 128)), 0, 0, 30, 20, 10);
    assertColour(decode(".bmp", opencv_core.CV_8UC3, new Scalar(10, 20, 30, 0)), 0, 0, 30, 20, 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cmyk.jpg", "progressive.jpg", "lossy.webp"})
  void decodesOtherKinds(String name) throws Exception {
    Pixels pixels = decoder.decode(TestPictures.bytes("/pictures/" + name));

    assertThat(pixels.width()).isEqualTo(32);
    assertColour(pixels, 4, 8, 255, 0, 0);
    assertColour(pixels, 28, 8, 0, 0, 255);
  }

  @Test
  void turnsPicturesUpright() throws Exception {
    Pixels pixels = decoder.decode(TestPictures.bytes("/pictures/rotated-by-exif.jpg"));

    // 32x16 with red on the left, to be turned clockwise: red comes to lie on top.
    assertThat(pixels.width()).isEqualTo(16);
    assertThat(pixels.height()).isEqualTo(32);
    assertColour(pixels, 8, 4, 255, 0, 0);
    assertColour(pixels, 8, 28, 0, 0, 255);
  }

  @Test
  void decodesOnePixelAndAPanorama() throws Exception {
    assertThat(decode(".png", 1, 1).width()).isEqualTo(1);
    assertThat(decode(".jpg", 8000, 300).width()).isEqualTo(8000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cmyk.jpg", "progressive.jpg", "rotated-by-exif.jpg", "lossy.webp"})
  void rejectsATruncatedPictureWhereverItIsCut(String name) {
    byte[] whole = TestPictures.bytes("/pictures/" + name);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> decoder.decode(cut))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(UnreadableImageException.class);
    }
  }

  @Test
  void rejectsATruncatedPng() throws Exception {
    byte[] whole = encoded(".png", opencv_core.CV_8UC3, 40, 40, new Scalar(1, 2, 3, 0));
    for (int length = 0; length < whole.length - 4; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> decoder.decode(cut)).isInstanceOf(UnreadableImageException.class);
    }
  }

  @Test
  void saysThatAJpegIsTruncated() throws Exception {
    byte[] whole = encoded(".jpg", opencv_core.CV_8UC3, 640, 480, new Scalar(1, 2, 3, 0));

    assertThatThrownBy(() -> decoder.decode(Arrays.copyOf(whole, whole.length / 2)))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining("Truncated")
        .hasMessageContaining("640x480")
        .hasMessageContaining("expected the end marker");
  }

  @Test
  void rejectsTextAndOtherFiles() {
    assertThatThrownBy(() -> decoder.decode("camera offline\n".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining("found text, expected JPEG, PNG");
    assertThatThrownBy(() -> decoder.decode(new byte[0]))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining("0 bytes");
    assertThatThrownBy(() -> decoder.decode(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}))
        .isInstanceOf(UnreadableImageException.class);
    assertThatThrownBy(() -> decoder.decode("GIF89a........".getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining("Graphics Interchange Format");
  }

  @Test
  void rejectsAHugePictureByItsHeader() {
    ByteBuffer png = ByteBuffer.allocate(8 + 25 + 12);
    png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    png.putInt(13).put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(20_000).putInt(20_000);
    png.put(new byte[] {8, 2, 0, 0, 0}).putInt(0);
    png.putInt(0).put("IEND".getBytes(StandardCharsets.US_ASCII)).putInt(0);

    assertThatThrownBy(() -> decoder.decode(png.array()))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessage("Picture too large: found 20000x20000, expected at most 64000000 pixels");
  }

  @Test
  void survivesDamage() throws Exception {
    byte[] whole = TestPictures.bytes("/pictures/rotated-by-exif.jpg");
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) 0xFF;
      try {
        decoder.decode(damaged).release();
      } catch (UnreadableImageException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void travelsWithAJob() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new ImageDecoder(100));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      ImageDecoder copy = (ImageDecoder) in.readObject();
      byte[] jpeg = encoded(".jpg", opencv_core.CV_8UC3, 20, 20, new Scalar(0));
      assertThatThrownBy(() -> copy.decode(jpeg)).hasMessageContaining("at most 100 pixels");
    }
  }

  @Test
  void encodesAPartAsJpeg() throws Exception {
    Pixels pixels = TestPictures.paint(TestPictures.black(64, 48), 16, 16, 16, 16, 0, 255, 0);

    Pixels part = decoder.decode(JpegEncoder.encode(pixels, new BoundingBox(16, 16, 32, 32), 90));
    Pixels edge = decoder.decode(JpegEncoder.encode(pixels, new BoundingBox(-9, 40, 9, 90), 90));
    Pixels whole = decoder.decode(JpegEncoder.encode(pixels, null, 90));

    assertThat(part.width()).isEqualTo(16);
    assertColour(part, 8, 8, 0, 255, 0);
    assertThat(edge.width()).isEqualTo(9);
    assertThat(edge.height()).isEqualTo(8);
    assertThat(whole.width()).isEqualTo(64);
  }

  private Pixels decode(String kind, int type, Scalar colour)
      throws UnreadableImageException, IOException {
    return decoder.decode(encoded(kind, type, 5, 4, colour));
  }

  private Pixels decode(String kind, int width, int height)
      throws UnreadableImageException, IOException {
    return decoder.decode(encoded(kind, opencv_core.CV_8UC3, width, height, new Scalar(9)));
  }

  private static byte[] encoded(String kind, int type, int width, int height, Scalar colour) {
    try (Mat mat = new Mat(height, width, type, colour);
        BytePointer bytes = new BytePointer();
        IntPointer options = new IntPointer(0)) {
      opencv_imgcodecs.imencode(kind, mat, bytes, options);
      byte[] out = new byte[(int) bytes.limit()];
      bytes.get(out);
      return out;
    }
  }

  private static void assertColour(Pixels pixels, int x, int y, int red, int green, int blue) {
    int at = 3 * (y * pixels.width() + x);
    assertThat(pixels.bgr().get(at) & 0xFF).isBetween(blue - 4, blue + 4);
    assertThat(pixels.bgr().get(at + 1) & 0xFF).isBetween(green - 4, green + 4);
    assertThat(pixels.bgr().get(at + 2) & 0xFF).isBetween(red - 4, red + 4);
  }
}
