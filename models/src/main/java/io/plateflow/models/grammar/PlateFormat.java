package io.plateflow.models.grammar;

import io.plateflow.schemas.region.Region;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way in which a country writes its plates.
 *
 * @param country ISO 3166 lower case
 * @param weight share among the plates of the world that a camera may see
 * @param type the plate type that the format alone tells, or null
 * @param pattern as in the table of formats
 */
record PlateFormat(String country, double weight, @Nullable String type, String pattern) {

  private static final String SEPARATORS = " -.";

  /** The texts of one length that the format allows, a set of characters for every place. */
  record Shape(long[] allowed, double logSize, String separators) {}

  /** All shapes of the format: one for each alternative of its first group, or just one. */
  List<Shape> shapes(List<Region> regions) {
    int end = pattern.indexOf('}');
    if (!pattern.startsWith("{")) {
      return List.of(shape(pattern));
    }
    List<String> codes =
        end == 1
            ? regions.stream().map(Region::code).toList()
            : List.of(pattern.substring(1, end).split(","));
    String rest = pattern.substring(end + 1);
    return codes.stream().map(code -> shape("'" + code + "'" + rest)).toList();
  }

  private Shape shape(String expanded) {
    List<Long> places = new ArrayList<>();
    StringBuilder separators = new StringBuilder();
    String before = "";
    boolean literal = false;
    for (int i = 0; i < expanded.length(); i++) {
      char c = expanded.charAt(i);
      if (c == '\'') {
        literal = !literal;
        continue;
      }
      if (!literal && SEPARATORS.indexOf(c) >= 0) {
        before = String.valueOf(c);
        continue;
      }
      long set;
      if (!literal && c == '[') {
        int end = expanded.indexOf(']', i);
        set = setOf(expanded.substring(i + 1, end));
        i = end;
      } else {
        set = literal ? bit(c) : setNamed(c);
      }
      places.add(set);
      separators.append(before.isEmpty() ? '\0' : before.charAt(0));
      before = "";
    }
    double logSize = 0;
    long[] allowed = new long[places.size()];
    for (int i = 0; i < allowed.length; i++) {
      allowed[i] = places.get(i);
      logSize += Math.log(Long.bitCount(allowed[i]));
    }
    return new Shape(allowed, logSize, separators.toString());
  }

  private long setNamed(char c) {
    return switch (c) {
      case 'A' -> setOf("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
      case '9' -> setOf("0123456789");
      case '1' -> setOf("123456789");
      default ->
          throw new IllegalStateException(
              "Plate format %s '%s': found '%s', expected A, 9, 1, [..] or '..'"
                  .formatted(country, pattern, c));
    };
  }

  private static long setOf(String characters) {
    long set = 0;
    for (int i = 0; i < characters.length(); i++) {
      set |= bit(characters.charAt(i));
    }
    return set;
  }

  /** Digits are bits 0 to 9, letters 10 to 35; anything else is none. */
  static long bit(char c) {
    if (c >= '0' && c <= '9') {
      return 1L << (c - '0');
    }
    return c >= 'A' && c <= 'Z' ? 1L << (c - 'A' + 10) : 0;
  }

  /** The bit of each character. */
  static long[] bits(String text) {
    long[] bits = new long[text.length()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = bit(text.charAt(i));
    }
    return bits;
  }

  static char character(int bit) {
    return (char) (bit < 10 ? '0' + bit : 'A' + bit - 10);
  }
}
