package io.plateflow.clients.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is searched for.
 *
 * @param text letters A-Z and digits, at most {@link #LONGEST}; in a pattern {@code ?} for one
 *     character and {@code *} for any number of them; a whole hash ({@code #} and 16 hexadecimal
 *     digits) where it is {@link Kind#EXACT}
 */
public record PlateQuery(Kind kind, String text) {

  public static final int LONGEST = 40;

  /** Places that are known, from either end. */
  private static final int PLACES = 10;

  private static final char HASH = '#';
  private static final String HASHED = "#[0-9a-f]{16}";

  /** How a plate has to compare with the text. */
  public enum Kind {
    /** It is the same. */
    EXACT,
    /** It fits the wildcards. */
    PATTERN,
    /** It contains it. */
    SUBSTRING,
    /** It could be mistaken for it: the nearest first. */
    LOOK_ALIKE
  }

  /**
   * @throws IllegalArgumentException saying what was found and expected; fit for who typed it
   */
  public PlateQuery {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("Search text: found nothing, expected letters or digits");
    }
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "Search text: found %d characters, expected %d at most"
              .formatted(text.length(), LONGEST));
    }
    if (text.charAt(0) == HASH) {
      checkHash(kind, text);
    } else {
      checkPlate(kind, text);
    }
  }

  /**
   * The query for a text as people type it: small letters, spaces, dashes and dots are taken for
   * what they mean.
   */
  public static PlateQuery of(Kind kind, String typed) {
    String text = typed.replaceAll("[\\s.\\-]", "");
    boolean hashed = !text.isEmpty() && text.charAt(0) == HASH;
    return new PlateQuery(
        kind,
        hashed
            ? text.toLowerCase(Locale.ROOT)
            : text.toUpperCase(Locale.ROOT).replaceAll("\\*+", "*"));
  }

  private static void checkHash(Kind kind, String text) {
    if (kind != Kind.EXACT) {
      throw new IllegalArgumentException(
          "Search text: found '%s', expected a plate; a hash can be searched for as a whole only"
              .formatted(text));
    }
    if (!text.matches(HASHED)) {
      throw new IllegalArgumentException(
          "Search text: found '%s', expected # and 16 hexadecimal digits".formatted(text));
    }
  }

  private static void checkPlate(Kind kind, String text) {
    boolean literal = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!plain && !(kind == Kind.PATTERN && (c == '?' || c == '*'))) {
        throw new IllegalArgumentException(
            "Search text: found '%s' in '%s', expected letters A-Z and digits%s"
                .formatted(c, text, kind == Kind.PATTERN ? ", ? and *" : ""));
      }
      literal |= plain;
    }
    if (!literal) {
      throw new IllegalArgumentException(
          "Search text: found '%s', which fits every plate, expected a letter or digit in it"
              .formatted(text));
    }
  }

  /** The longest run of characters that a plate must have in a row. */
  int longestRun() {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      run = c == '?' || c == '*' ? 0 : run + 1;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  /** How many characters a plate must begin with. */
  int prefix() {
    int length = 0;
    while (kind == Kind.PATTERN
        && length < text.length()
        && text.charAt(length) != '?'
        && text.charAt(length) != '*') {
      length++;
    }
    return length;
  }

  /**
   * The characters whose place in the plate is known, as {@code plate_places} of the migrations
   * names them: those before the first {@code *}, counted from the front, and those after the last
   * one, counted from the back.
   */
  List<String> places() {
    List<String> places = new ArrayList<>();
    int firstStar = text.indexOf('*');
    int lastStar = text.lastIndexOf('*');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (kind == Kind.PATTERN && c != '?' && c != '*') {
        if ((firstStar < 0 || i < firstStar) && i < PLACES) {
          places.add("%c%d".formatted(c, i + 1));
        }
        if (i > lastStar && text.length() - i <= PLACES) {
          places.add("%c%d".formatted(c, i - text.length()));
        }
      }
    }
    return places;
  }

  /** The text as SQL's LIKE has it. */
  String like() {
    return kind == Kind.SUBSTRING ? "%" + text + "%" : text.replace('?', '_').replace('*', '%');
  }
}
