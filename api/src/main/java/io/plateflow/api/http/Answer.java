package io.plateflow.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What goes back to a client.
 *
 * @param headers beside the content type and length
 */
public record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public static Answer json(int status, JsonNode body) {
    try {
      return new Answer(status, "application/json", JSON.writeValueAsBytes(body), Map.of());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree is always JSON", e);
    }
  }

  public static Answer text(int status, String contentType, String body) {
    return new Answer(
        status, contentType + "; charset=utf-8", body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  public Answer withHeader(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new Answer(status, contentType, body, all);
  }
}
