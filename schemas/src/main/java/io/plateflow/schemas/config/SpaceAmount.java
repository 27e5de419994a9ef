package io.plateflow.schemas.config;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An amount of disk space as a file writes it: {@code 500MB}, {@code 10GB}, {@code 5%}. */
public final class SpaceAmount implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final Pattern WRITTEN =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?) ?(MB|GB|TB|%)");
  private static final Map<String, Long> UNITS =
      Map.of("MB", 1L << 20, "GB", 1L << 30, "TB", 1L << 40);
  private static final double LARGEST_SHARE = 90;

  private final String text;
  private final double amount;

  /** 0 for a share, whose amount is in percent. */
  private final long unitBytes;

  private SpaceAmount(String text, double amount, long unitBytes) {
    this.text = text;
    this.amount = amount;
    this.unitBytes = unitBytes;
  }

  /**
   * @throws IllegalArgumentException saying what was found and expected
   */
  public static SpaceAmount parse(String text) {
    Matcher written = WRITTEN.matcher(text.trim());
    double amount = written.matches() ? Double.parseDouble(written.group(1)) : 0;
    if (amount <= 0 || written.group(2).equals("%") && amount > LARGEST_SHARE) {
      throw new IllegalArgumentException(
          "found '%s', expected a size such as 500MB, 10GB or 1TB, or a share up to 90%%"
              .formatted(text));
    }
    return new SpaceAmount(text.trim(), amount, UNITS.getOrDefault(written.group(2), 0L));
  }

  /**
   * @param totalBytes size of the disk that a share is taken of
   */
  public long bytes(long totalBytes) {
    return Math.round(unitBytes == 0 ? totalBytes * amount / 100 : amount * unitBytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SpaceAmount that
        && amount == that.amount
        && unitBytes == that.unitBytes;
  }

  @Override
  public int hashCode() {
    return Objects.hash(amount, unitBytes);
  }

  @Override
  public String toString() {
    return text;
  }
}
