package io.plateflow.schemas.region;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RegionTableTest {

  private final RegionTable table = RegionTable.indonesia();

  @Test
  void namesAreThoseOfTheGalaxyDocuments() {
    assertThat(table.region("B").name()).isEqualTo("Jakarta/Metro Jaya");
    assertThat(table.region("D").name()).isEqualTo("Jawa Barat (Bandung)");
    assertThat(table.region("L").name()).isEqualTo("Surabaya");
    assertThat(table.region("AA").name()).isEqualTo("Jawa Tengah (Magelang)");
    assertThat(table.region("DK").name()).isEqualTo("Bali");
    assertThat(table.region("PA").name()).isEqualTo("Papua");
  }

  @Test
  void holdsEveryCodeOnceAndPartsOfThem() {
    assertThat(table.regions()).hasSize(65).extracting(Region::code).doesNotHaveDuplicates();
    assertThat(table.regions().size() + table.districts().size()).isGreaterThan(120);
    assertThat(table.districts())
        .allSatisfy(district -> assertThat(table.region(district.code())).isNotNull());
  }

  @Test
  void lettersBehindTheNumberNameThePart() {
    assertThat(table.district("B", "UZO").name()).isEqualTo("Jakarta Utara");
    assertThat(table.district("B", "KTM").name()).isEqualTo("Kota Bekasi");
    assertThat(table.district("AB", "EU").name()).isEqualTo("Kabupaten Sleman");
    assertThat(table.district("B", "")).isNull();
    assertThat(table.district("DK", "AB")).isNull();
  }

  @Test
  void unknownCodeHasNoRegion() {
    assertThat(table.region("QX")).isNull();
    assertThat(table.region("")).isNull();
  }
}
