package io.plateflow.schemas.lists;

import io.plateflow.schemas.plate.PlateText;

/**
 * A plate, or a pattern of plates: {@code ?} stands for one character and {@code *} for any number
 * of them, none included.
 */
public final class PlatePattern {

  private static final int LONGEST = 40;

  private final String text;

  private PlatePattern(String text) {
    this.text = text;
  }

  /**
   * Takes letters and digits as {@link PlateText#normalise} does, and {@code ?} and {@code *};
   * everything else is dropped.
   *
   * @throws IllegalArgumentException where nothing is left, or more than 40 characters
   */
  public static PlatePattern parse(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Several * in a row are one.
      boolean repeated = c == '*' && !out.isEmpty() && out.charAt(out.length() - 1) == '*';
      if (!repeated) {
        out.append(
            c == '?' || c == '*'
                ? String.valueOf(c)
                : PlateText.normalise(text.substring(i, i + 1)));
      }
    }
    if (out.isEmpty() || out.length() > LONGEST) {
      throw new IllegalArgumentException(
          "pattern: found '%s', expected 1 to %d letters, digits, ? and *"
              .formatted(text.length() > 60 ? text.substring(0, 60) + "..." : text, LONGEST));
    }
    return new PlatePattern(out.toString());
  }

  /** Normalised. */
  public String text() {
    return text;
  }

  /** Whether it is one plate. */
  public boolean isPlate() {
    return text.indexOf('?') < 0 && text.indexOf('*') < 0;
  }

  /** Whether it names no character, and so leaves no plate out but for its length. */
  public boolean matchesAll() {
    return text.chars().allMatch(c -> c == '?' || c == '*');
  }

  /** The longest run of characters that it names; the first of equal ones; empty for none. */
  public String longestRun() {
    String longest = "";
    for (String run : text.split("[?*]+")) {
      longest = run.length() > longest.length() ? run : longest;
    }
    return longest;
  }

  /**
   * Whether it matches the whole plate. Goes back to the last {@code *} where a character does not
   * fit, which takes at most the product of the two lengths.
   *
   * @param plate normalised
   */
  public boolean matches(String plate) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < plate.length()) {
      if (p < text.length() && (text.charAt(p) == '?' || text.charAt(p) == plate.charAt(t))) {
        p++;
        t++;
      } else if (p < text.length() && text.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < text.length() && text.charAt(p) == '*') {
      p++;
    }
    return p == text.length();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PlatePattern pattern && pattern.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
