package io.plateflow.models.gemini;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An API key of Gemini. It is sent to the API and shown nowhere else: printed it is stars. */
public final class GeminiKey implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int ID_BYTES = 12;

  private final String value;

  private GeminiKey(String value) {
    this.value = value;
  }

  /**
   * @param value white space around it is dropped
   * @throws IllegalArgumentException where it holds characters that no key has; the message does
   *     not repeat it
   */
  @JsonCreator
  public static GeminiKey of(String value) {
    String trimmed = value.trim();
    if (!trimmed.matches("[!-~]{1,500}")) {
      throw new IllegalArgumentException(
          "Gemini API key: found %d characters, expected 1 to 500 printable ones without spaces"
              .formatted(trimmed.length()));
    }
    return new GeminiKey(trimmed);
  }

  /**
   * The key in {@code GEMINI_API_KEY}, else in {@code GOOGLE_API_KEY}, else null.
   *
   * @param environment null for a variable that is not set
   */
  public static @Nullable GeminiKey fromEnvironment(
      Function<String, @Nullable String> environment) {
    for (String name : new String[] {"GEMINI_API_KEY", "GOOGLE_API_KEY"}) {
      String value = environment.apply(name);
      if (value != null && !value.isBlank()) {
        return of(value);
      }
    }
    return null;
  }

  /** A name for the key that does not tell it: part of its SHA-256. */
  public String id() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(("plateflow " + value).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  String value() {
    return value;
  }

  /** The text without the key, where a server or a library repeats it. */
  String hideIn(String text) {
    return text.replace(value, "***");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GeminiKey key && key.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
