package io.plateflow.api.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Reads JSON objects that say everything once, are not deep, and end where they end. */
public final class StrictJson {

  static final int DEEPEST = 32;
  private static final int LONGEST_NUMBER = 100;

  /** Each takes many times its bytes. */
  private static final long MOST_TOKENS = 20_000;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxTokenCount(MOST_TOKENS)
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxStringLength(Math.toIntExact(BodyLimits.BASE64))
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private StrictJson() {}

  /** No store takes it, and no text that people write holds it. */
  private static void refuseNul(ObjectNode read, String what) {
    for (JsonNode value : read) {
      if (value.isTextual() && value.textValue().indexOf('\0') >= 0) {
        throw Refusal.of(
            Refusal.Kind.BAD_REQUEST, "%s: a text holds a NUL character.".formatted(what));
      }
    }
  }

  /**
   * @param what is read, for the message
   * @throws Refusal that says what was found
   */
  static ObjectNode object(byte[] json, String what) {
    try {
      return object(MAPPER.readTree(json), what);
    } catch (IOException e) {
      throw Refusal.of(Refusal.Kind.BAD_REQUEST, problem(what, e));
    }
  }

  /**
   * The JSON object that a field of a form holds.
   *
   * @throws Refusal that names the field
   */
  public static ObjectNode object(String json, String field) {
    try {
      return object(MAPPER.readTree(json), field);
    } catch (JsonProcessingException e) {
      throw Refusal.field(field, problem(field, e));
    } catch (Refusal e) {
      throw Refusal.field(field, e.text());
    }
  }

  private static ObjectNode object(JsonNode read, String what) {
    if (read instanceof ObjectNode object) {
      refuseNul(object, what);
      return object;
    }
    throw Refusal.of(Refusal.Kind.BAD_REQUEST, "%s: expected a JSON object.".formatted(what));
  }

  private static String problem(String what, IOException e) {
    // The library's own text may quote a key.
    String message = String.valueOf(e.getMessage());
    String why =
        message.contains("Duplicate field")
            ? "a key stands twice"
            : message.contains("nesting depth")
                ? "nested more than %d deep".formatted(DEEPEST)
                : "no valid JSON";
    return "%s: %s.".formatted(what, why);
  }
}
