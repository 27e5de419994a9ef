package io.plateflow.api.openalpr;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.plateflow.api.http.BodyLimits;
import io.plateflow.api.http.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A picture in base64 as clients send it: bare, in quotes, as the address of its data, in lines,
 * under any content type.
 */
final class Base64Picture {

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(Math.toIntExact(BodyLimits.BASE64))
                          .build())
                  .build())
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .build();
  private static final String DATA = "data:";

  private Base64Picture() {}

  /**
   * @param field that holds it, for refusals
   */
  static byte[] decoded(byte[] body, String field) {
    String text = bare(unescaped(new String(body, StandardCharsets.ISO_8859_1).strip()));
    int comma = text.startsWith(DATA) ? text.indexOf(',') : -1;
    byte[] picture;
    try {
      picture =
          Base64.getDecoder()
              .decode(text.substring(comma + 1).getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw Refusal.field(field, "expected a picture in base64.");
    }
    if (picture.length == 0) {
      throw Refusal.field(field, "is empty, expected a picture in base64.");
    }
    if (picture.length > BodyLimits.FILE) {
      throw Refusal.of(
          Refusal.Kind.TOO_LARGE,
          "%s is too large: at most %d bytes.".formatted(field, BodyLimits.FILE));
    }
    return picture;
  }

  /**
   * A string of JSON may have escapes: some clients write {@code \/} and <code>&#92;u002B</code>.
   */
  private static String unescaped(String text) {
    if (!text.startsWith("\"") || text.indexOf('\\') < 0) {
      return text;
    }
    try {
      return JSON.readValue(text, String.class);
    } catch (JsonProcessingException e) {
      return text;
    }
  }

  private static String bare(String text) {
    StringBuilder bare = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > ' ' && c != '"' && c != '\'') {
        bare.append(c);
      }
    }
    return bare.toString();
  }
}
