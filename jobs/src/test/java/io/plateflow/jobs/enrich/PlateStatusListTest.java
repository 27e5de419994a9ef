package io.plateflow.jobs.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.PlateStatus;
import io.plateflow.schemas.status.StatusMatch;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PlateStatusListTest {

  private final PlateStatusList list = new PlateStatusList(0.6);

  @Test
  void anOlderVersionNeverWins() {
    assertThat(list.apply(entry("B1234XYZ", PlateListType.BLACKLIST, 5))).isTrue();
    assertThat(list.apply(entry("B1234XYZ", PlateListType.WHITELIST, 4))).isFalse();
    assertThat(list.apply(entry("B1234XYZ", PlateListType.WHITELIST, 5))).isFalse();
    assertThat(list.match("B1234XYZ").type()).isEqualTo(PlateListType.BLACKLIST);

    assertThat(list.apply(entry("B1234XYZ", null, 6))).isTrue();
    assertThat(list.match("B1234XYZ")).isNull();
    assertThat(list.apply(entry("B1234XYZ", PlateListType.BLACKLIST, 5))).isFalse();
    assertThat(list.match("B1234XYZ")).isNull();
  }

  @Test
  void meetsALookAlikeWithinTheToleranceAndSaysHowFar() {
    list.apply(entry("B1234XYZ", PlateListType.BLACKLIST, 1));
    StatusMatch match = list.match("81234XYZ");
    assertThat(match.listedPlate()).isEqualTo("B1234XYZ");
    assertThat(match.distance()).isPositive().isLessThanOrEqualTo(0.6);
    assertThat(match.tolerance()).isEqualTo(0.6);
    assertThat(match.kind()).isEqualTo("fuzzy");
    // One character that looks like nothing of the kind is another plate.
    assertThat(list.match("B1237XYZ")).isNull();
  }

  @Test
  void anExactEntryWinsOverANearOne() {
    list.apply(entry("B1234XYZ", PlateListType.BLACKLIST, 1));
    list.apply(entry("81234XYZ", PlateListType.WHITELIST, 1));
    assertThat(list.match("81234XYZ").type()).isEqualTo(PlateListType.WHITELIST);
    assertThat(list.match("81234XYZ").kind()).isEqualTo("exact");
  }

  @Test
  void anEmptyReadMeetsNothing() {
    list.apply(entry("B1", PlateListType.BLACKLIST, 1));
    assertThat(list.match("")).isNull();
  }

  private static PlateStatus entry(String plate, PlateListType type, long version) {
    return new PlateStatus(plate, type, version, Instant.EPOCH);
  }
}
