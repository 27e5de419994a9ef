package io.plateflow.models.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Bodies of the answers of {@link GeminiStub}. */
final class GeminiStubAnswers {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int FIXED_INPUT_TOKENS = 700;
  private static final int INPUT_TOKENS_PER_CROP = 290;
  private static final int OUTPUT_TOKENS_PER_CROP = 110;

  private GeminiStubAnswers() {}

  /**
   * @param numbered from 1 on, as it should be, or each with 1
   */
  static ArrayNode items(List<String> plates, double confidence, boolean numbered) {
    ArrayNode items = JSON.arrayNode();
    for (int i = 0; i < plates.size(); i++) {
      ObjectNode item = items.addObject();
      item.put("image", numbered ? i + 1 : 1);
      item.put("plate_number", plates.get(i));
      item.put("plate_date", "08/29");
      item.put("plate_text_color", "black");
      item.put("plate_background_color", "white");
      item.put("plate_icon", "none");
      item.put("plate_icon_color", "none");
      item.put("plate_blue_strip", "no");
      item.put("plate_type", "private");
      item.put("confidence_score", confidence);
    }
    return items;
  }

  /**
   * @param text of the answer
   * @param reason why it ended
   * @param crops for which tokens are counted
   */
  static String candidates(String text, String reason, int crops) {
    ObjectNode response = JSON.objectNode();
    ObjectNode candidate = response.putArray("candidates").addObject();
    candidate.put("finishReason", reason).put("index", 0);
    ObjectNode content = candidate.putObject("content");
    content.put("role", "model").putArray("parts").addObject().put("text", text);
    response
        .putObject("usageMetadata")
        .put("promptTokenCount", FIXED_INPUT_TOKENS + INPUT_TOKENS_PER_CROP * crops)
        .put("candidatesTokenCount", OUTPUT_TOKENS_PER_CROP * crops)
        .put(
            "totalTokenCount",
            FIXED_INPUT_TOKENS + (INPUT_TOKENS_PER_CROP + OUTPUT_TOKENS_PER_CROP) * crops);
    response.put("modelVersion", "stub");
    return response.toString();
  }
}
