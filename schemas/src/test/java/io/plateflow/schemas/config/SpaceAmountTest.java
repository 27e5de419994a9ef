package io.plateflow.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SpaceAmountTest {

  private static final long DISK = 1000L << 30;

  @Test
  void sizesAndShares() {
    assertThat(SpaceAmount.parse("500MB").bytes(DISK)).isEqualTo(500L << 20);
    assertThat(SpaceAmount.parse("10 GB").bytes(DISK)).isEqualTo(10L << 30);
    assertThat(SpaceAmount.parse("1.5TB").bytes(DISK)).isEqualTo(1536L << 30);
    assertThat(SpaceAmount.parse("5%").bytes(DISK)).isEqualTo(50L << 30);
    assertThat(SpaceAmount.parse("0.5%")).hasToString("0.5%");
  }

  @Test
  void whatIsNoAmountIsNamed() {
    for (String wrong : new String[] {"10", "0GB", "-1GB", "10gb", "91%", "GB", ""}) {
      assertThatThrownBy(() -> SpaceAmount.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "found '%s', expected a size such as 500MB, 10GB or 1TB, or a share up to 90%%"
                  .formatted(wrong));
    }
  }
}
