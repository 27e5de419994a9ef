package io.plateflow.schemas.plate;

/** The text of a plate as it is compared: upper-case letters A-Z and digits, nothing else. */
public final class PlateText {

  private PlateText() {}

  /** Drops everything but letters and digits: {@code "ab 12-cd"} becomes {@code "AB12CD"}. */
  public static String normalise(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = Character.toUpperCase(text.charAt(i));
      if (c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') {
        out.append(c);
      }
    }
    return out.toString();
  }
}
