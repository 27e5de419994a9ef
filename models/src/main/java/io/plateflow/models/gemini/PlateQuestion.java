package io.plateflow.models.gemini;

import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.MediaResolution;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is asked about some crops: the nine fields of the Galaxy documents for each of them. */
final class PlateQuestion {

  private static final String INSTRUCTIONS =
      """
      You read vehicle licence plates. Each image shows one plate, cut out of a camera frame; the \
      plate may be Indonesian or foreign, small, blurred, tilted or of two lines. Answer with one \
      item per image, in the order of the images, with the number that stands before the image.
      plate_number: what the plate says, exactly as printed, with single spaces between its \
      groups, e.g. "B 1234 CD"; capital letters A-Z and digits only. Read, do not guess: an empty \
      string where the characters cannot be made out.
      plate_date: month and year of the small line of an Indonesian plate as MM/YY, e.g. "08/29"; \
      an empty string where there is none.
      plate_blue_strip: whether the lower edge has the blue strip of Indonesian electric vehicles.
      plate_type, of Indonesian plates: private (white or black plate), public (yellow), \
      government (red), police, military, diplomatic, free_trade (green); of others what their \
      colours or letters say, none where they say nothing.
      confidence_score: how sure you are that every character of plate_number is right, 0 to 1.
      """;

  private static final Schema ITEM = item();

  private PlateQuestion() {}

  private static Schema item() {
    Map<String, Schema> fields = new LinkedHashMap<>();
    fields.put("image", Schema.builder().type(Type.Known.INTEGER).build());
    fields.put("plate_number", Schema.builder().type(Type.Known.STRING).build());
    fields.put("plate_date", Schema.builder().type(Type.Known.STRING).build());
    fields.put("plate_text_color", oneOf(PlateValues.TEXT_COLOURS));
    fields.put("plate_background_color", oneOf(PlateValues.BACKGROUND_COLOURS));
    fields.put("plate_icon", oneOf(PlateValues.ICONS));
    fields.put("plate_icon_color", oneOf(PlateValues.ICON_COLOURS));
    fields.put("plate_blue_strip", choice(List.of("yes", "no")));
    fields.put("plate_type", oneOf(PlateValues.TYPES));
    fields.put("confidence_score", Schema.builder().type(Type.Known.NUMBER).build());
    List<String> names = List.copyOf(fields.keySet());
    return Schema.builder()
        .type(Type.Known.OBJECT)
        .properties(fields)
        .propertyOrdering(names)
        .required(names)
        .build();
  }

  private static Schema oneOf(List<String> values) {
    List<String> all = new ArrayList<>(values);
    all.add(PlateValues.NONE);
    return choice(all);
  }

  private static Schema choice(List<String> values) {
    return Schema.builder().type(Type.Known.STRING).format("enum").enum_(values).build();
  }

  static Content content(List<byte[]> jpegs) {
    List<Part> parts = new ArrayList<>(2 * jpegs.size());
    for (byte[] jpeg : jpegs) {
      parts.add(Part.fromText("Image " + (parts.size() / 2 + 1) + ":"));
      parts.add(Part.fromBytes(jpeg, "image/jpeg"));
    }
    return Content.builder().role("user").parts(parts).build();
  }

  static GenerateContentConfig config(int crops, SendPermits.Permit permit) {
    return GenerateContentConfig.builder()
        .systemInstruction(Content.fromParts(Part.fromText(INSTRUCTIONS)))
        .temperature(0f)
        .candidateCount(1)
        .maxOutputTokens(RequestCost.of(crops).outputTokens())
        .mediaResolution(MediaResolution.Known.MEDIA_RESOLUTION_LOW)
        .responseMimeType("application/json")
        .responseSchema(
            Schema.builder()
                .type(Type.Known.ARRAY)
                .items(ITEM)
                .minItems((long) crops)
                .maxItems((long) crops)
                .build())
        .httpOptions(
            HttpOptions.builder().headers(Map.of(SendPermits.HEADER, permit.number())).build())
        .build();
  }
}
