package io.plateflow.api.platerecognizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.api.http.Refusal;
import io.plateflow.api.http.StrictJson;
import org.jspecify.annotations.Nullable;

/**
 * The field {@code config}.
 *
 * @param strictRegion whether texts that follow no format of the regions are dropped
 * @param strictDetection whether plates outside of vehicles are dropped
 * @param detection lowest score of a plate that counts, 0..1
 * @param reading lowest score of a text that counts, 0..1
 * @param fast whether plates are sought once
 * @param redaction whether every place counts that could be a plate
 * @param vehicles whether each vehicle is a result, with its plate or without
 */
record EngineConfig(
    boolean strictRegion,
    boolean strictDetection,
    double detection,
    double reading,
    boolean fast,
    boolean redaction,
    boolean vehicles) {

  static final double DETECTION = 0.2;
  static final double READING = 0.6;
  private static final double REDACTION = 0.05;
  private static final String FIELD = "config";

  /**
   * @param text JSON, or null
   * @throws Refusal where it is no object, or a value is of no use
   */
  static EngineConfig of(@Nullable String text) {
    ObjectNode json = StrictJson.object(text == null || text.isBlank() ? "{}" : text, FIELD);
    String mode = json.path("mode").asText("");
    boolean redaction = mode.equals("redaction");
    return new EngineConfig(
        json.path("region").asText("").equals("strict"),
        json.path("detection_rule").asText("").equals("strict"),
        threshold(json, "threshold_d", redaction ? REDACTION : DETECTION),
        threshold(json, "threshold_o", redaction ? 0 : READING),
        mode.equals("fast"),
        redaction,
        json.path("detection_mode").asText("").equals("vehicle"));
  }

  private static double threshold(ObjectNode json, String key, double otherwise) {
    JsonNode value = json.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isNumber() || value.asDouble() < 0 || value.asDouble() > 1) {
      throw Refusal.field(FIELD, "%s: expected a number of 0..1.".formatted(key));
    }
    return value.asDouble();
  }
}
