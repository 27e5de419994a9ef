package io.plateflow.models.attributes;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;
import io.plateflow.schemas.region.Region;
import io.plateflow.schemas.region.RegionTable;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlateAttributeExtractorTest {

  private static final int WIDTH = 200;
  private static final int HEIGHT = 80;
  private static final BoundingBox PLATE = new BoundingBox(10, 10, 190, 70);
  private static final int WHITE = 0xe8e8e4;
  private static final int BLACK = 0x181818;
  private static final int YELLOW = 0xf2c200;
  private static final int RED = 0xb01218;
  private static final int GREEN = 0x1f8a4c;
  private static final int BLUE = 0x1560b0;

  private final PlateAttributeExtractor reader = new PlateAttributeExtractor();

  @Test
  void privatePlateOfJakarta() {
    PlateAttributes attributes =
        reader.attributes(plate(WHITE, BLACK, -1), PLATE, read("B1234XYZ", "id"));
    assertThat(attributes.number()).isEqualTo("B 1234 XYZ");
    assertThat(attributes.backgroundColor()).isEqualTo("white");
    assertThat(attributes.textColor()).isEqualTo("black");
    assertThat(attributes.type()).isEqualTo("private");
    assertThat(attributes.regionCode()).isEqualTo("B");
    assertThat(attributes.regionName()).isEqualTo("Jakarta/Metro Jaya");
    assertThat(attributes.country()).isEqualTo("id");
    assertThat(attributes.date()).isEqualTo("05.27");
    assertThat(attributes.blueStrip()).isFalse();
  }

  @Test
  void coloursTellTheType() {
    assertThat(type(BLACK, WHITE, "D1234AB")).isEqualTo("private");
    assertThat(type(YELLOW, BLACK, "D1234AB")).isEqualTo("public");
    assertThat(type(RED, WHITE, "D1234AB")).isEqualTo("government");
    assertThat(type(GREEN, BLACK, "BP1234AB")).isEqualTo("free_trade");
    assertThat(type(WHITE, BLACK, "CD1234")).isEqualTo("diplomatic");
  }

  @Test
  void formatTellsTheTypeOfPlatesOfTheState() {
    assertThat(type(BLACK, YELLOW, "1234VII")).isEqualTo("police");
    assertThat(type(GREEN, YELLOW, "1234501")).isEqualTo("military");
    assertThat(type(RED, WHITE, "RI1")).isEqualTo("government");
    assertThat(type(BLACK, WHITE, "CC1901")).isEqualTo("diplomatic");
  }

  @Test
  void textThatCouldBeOfSeveralCountriesHasNone() {
    PlateAttributes attributes =
        reader.attributes(plate(WHITE, BLACK, BLUE), PLATE, read("ABC1234", null));
    assertThat(attributes.country()).isNull();
    assertThat(attributes.type()).isNull();
    assertThat(attributes.regionCode()).isNull();
    assertThat(attributes.blueStrip()).isFalse();
    assertThat(attributes.number()).isEqualTo("ABC1234");
    assertThat(attributes.backgroundColor()).isEqualTo("white");
  }

  @Test
  void everyCodeOfTheTableNamesItsRegion() {
    for (Region region : RegionTable.indonesia().regions()) {
      if (List.of("RI", "CD", "CC").contains(region.code())) {
        continue;
      }
      PlateAttributes attributes = reader.attributes(read(region.code() + "1234AB", "id"));
      assertThat(attributes.number()).isEqualTo(region.code() + " 1234 AB");
      assertThat(attributes.regionCode()).isEqualTo(region.code());
      assertThat(attributes.regionName()).isEqualTo(region.name());
    }
  }

  @Test
  void electricPlateHasItsStrip() {
    assertThat(
            reader.attributes(plate(WHITE, BLACK, BLUE), PLATE, read("B1234XYZ", "id")).blueStrip())
        .isTrue();
    // Elsewhere a blue edge says something else.
    assertThat(
            reader.attributes(plate(WHITE, BLACK, BLUE), PLATE, read("LS15EBC", "gb")).blueStrip())
        .isFalse();
  }

  @Test
  void otherCountriesHaveNoRegion() {
    PlateAttributes attributes =
        reader.attributes(plate(WHITE, BLACK, -1), PLATE, read("LS15EBC", "gb"));
    assertThat(attributes.number()).isEqualTo("LS15 EBC");
    assertThat(attributes.regionCode()).isNull();
    assertThat(attributes.type()).isNull();
  }

  @Test
  void nothingReadStillHasColours() {
    PlateAttributes attributes =
        reader.attributes(plate(YELLOW, BLACK, -1), PLATE, PlateRead.nothing("local"));
    assertThat(attributes.number()).isEmpty();
    assertThat(attributes.backgroundColor()).isEqualTo("yellow");
    assertThat(attributes.type()).isNull();
  }

  @Test
  void boxOutsideThePictureDoesNotThrow() {
    Pixels pixels = plate(WHITE, BLACK, -1);
    for (BoundingBox box :
        List.of(
            new BoundingBox(-50, -50, -10, -10),
            new BoundingBox(500, 500, 600, 550),
            new BoundingBox(20, 20, 20, 20))) {
      assertThat(reader.attributes(pixels, box, read("B1234XYZ", "id")).regionCode())
          .isEqualTo("B");
    }
    Pixels one = new Pixels(ByteBuffer.allocateDirect(3), 1, 1);
    PlateAttributes attributes =
        reader.attributes(one, new BoundingBox(0, 0, 1, 1), read("B1", "id"));
    assertThat(attributes.regionCode()).isEqualTo("B");
    assertThat(attributes.blueStrip()).isFalse();
  }

  private String type(int background, int text, String plateText) {
    return reader.attributes(plate(background, text, -1), PLATE, read(plateText, "id")).type();
  }

  private static PlateRead read(String text, String country) {
    return new PlateRead(text, 0.9, new float[text.length()], List.of(), "05.27", country, "local");
  }

  /**
   * Strokes on a ground, as wide as letters' are, on grey; a strip below where one is asked for.
   */
  private static Pixels plate(int background, int text, int strip) {
    ByteBuffer bgr = ByteBuffer.allocateDirect(WIDTH * HEIGHT * 3);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int colour = 0x808080;
        if (PLATE.contains(x, y)) {
          boolean stroke = y > 18 && y < 50 && x % 20 < 6;
          colour = strip >= 0 && y >= 58 ? strip : stroke ? text : background;
        }
        bgr.put((byte) colour).put((byte) (colour >> 8)).put((byte) (colour >> 16));
      }
    }
    return new Pixels(bgr, WIDTH, HEIGHT);
  }
}
