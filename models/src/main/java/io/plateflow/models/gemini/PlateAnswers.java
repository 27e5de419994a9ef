package io.plateflow.models.gemini;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plateflow.models.attributes.PlateAttributeExtractor;
import io.plateflow.models.grammar.GrammarWeights;
import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.models.grammar.PlateMatch;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;
import io.plateflow.schemas.plate.PlateText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks an answer as one of a stranger, and makes reads of it. What is wrong with the whole of it
 * throws; one item that no plate can show fails alone. Thread-safe.
 */
final class PlateAnswers {

  /** Longer plates are unknown. */
  private static final int LONGEST_TEXT = 12;

  private static final Pattern PRINTED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 .·-]{0,20}");
  private static final Pattern DATE = Pattern.compile("(0[1-9]|1[0-2])[./ -]?(\\d\\d)");

  private final ObjectMapper json =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private final PlateGrammar grammar = new PlateGrammar(GrammarWeights.DEFAULT);
  private final PlateAttributeExtractor attributes = new PlateAttributeExtractor(grammar);

  /**
   * One answer per crop, in the order of the crops.
   *
   * @throws BadAnswerException where it is no array of one item per crop, each numbered once
   */
  List<GeminiAnswer> of(String text, int crops) {
    JsonNode array = parse(text);
    if (!array.isArray() || array.size() != crops) {
      throw new BadAnswerException(
          "Answer: found %s, expected an array of %d items"
              .formatted(array.isArray() ? array.size() + " items" : array.getNodeType(), crops));
    }
    GeminiAnswer[] answers = new GeminiAnswer[crops];
    for (JsonNode item : array) {
      JsonNode image = item.path("image");
      int index = image.isIntegralNumber() ? image.asInt() - 1 : -1;
      if (index < 0 || index >= crops || answers[index] != null) {
        throw new BadAnswerException(
            "Answer: found image %s, expected each of 1..%d once".formatted(image, crops));
      }
      answers[index] = answer(item);
    }
    return Arrays.asList(answers);
  }

  private JsonNode parse(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new BadAnswerException(
          "Answer: no JSON, " + text.length() + " characters: " + e.getOriginalMessage(), e);
    }
  }

  private GeminiAnswer answer(JsonNode item) {
    JsonNode number = item.path("plate_number");
    JsonNode score = item.path("confidence_score");
    if (!number.isTextual() || !score.isNumber()) {
      return failed("found no plate_number or no confidence_score");
    }
    String printed = number.asText().trim().replaceAll(" +", " ").toUpperCase(Locale.ROOT);
    double confidence = score.asDouble();
    if (!(confidence >= 0 && confidence <= 1)) {
      return failed("confidence_score: found %s, expected 0..1".formatted(confidence));
    }
    if (printed.isEmpty() || printed.equals("NONE")) {
      return GeminiAnswer.without(GeminiAnswer.Outcome.UNREADABLE, "Gemini could not read it");
    }
    String text = PlateText.normalise(printed);
    if (!PRINTED.matcher(printed).matches() || text.length() > LONGEST_TEXT) {
      return failed("plate_number: found characters or a length that no plate has");
    }
    PlateRead read = read(text, confidence, date(item));
    return GeminiAnswer.read(read, attributes(item, printed, read));
  }

  private static GeminiAnswer failed(String reason) {
    return GeminiAnswer.without(GeminiAnswer.Outcome.FAILED, "Answer: " + reason);
  }

  private PlateRead read(String text, double confidence, @Nullable String date) {
    // Gemini scores no characters; equal ones whose product is the score of the text stand in.
    float[] scores = new float[text.length()];
    Arrays.fill(scores, (float) Math.pow(confidence, 1.0 / text.length()));
    PlateMatch match = grammar.match(text, List.of());
    return new PlateRead(
        text,
        confidence,
        scores,
        new ArrayList<>(List.of(new PlateRead.Candidate(text, confidence))),
        date,
        match == null ? null : match.country(),
        GeminiAnswer.READER);
  }

  private static @Nullable String date(JsonNode item) {
    Matcher matcher = DATE.matcher(item.path("plate_date").asText("").trim());
    return matcher.matches() ? matcher.group(1) + "." + matcher.group(2) : null;
  }

  /** What Gemini saw, and what its text tells of the rest. */
  private PlateAttributes attributes(JsonNode item, String printed, PlateRead read) {
    String icon = known(item, "plate_icon", PlateValues.ICONS);
    PlateAttributes seen =
        new PlateAttributes(
            printed,
            read.date(),
            known(item, "plate_text_color", PlateValues.TEXT_COLOURS),
            known(item, "plate_background_color", PlateValues.BACKGROUND_COLOURS),
            icon,
            icon == null ? null : known(item, "plate_icon_color", PlateValues.ICON_COLOURS),
            item.path("plate_blue_strip").asText("").equalsIgnoreCase("yes"),
            known(item, "plate_type", PlateValues.TYPES),
            null,
            null,
            null);
    PlateAttributes fromText = attributes.withText(seen, read);
    return new PlateAttributes(
        read.text().equals(fromText.number()) ? printed : fromText.number(),
        read.date(),
        seen.textColor(),
        seen.backgroundColor(),
        seen.icon(),
        seen.iconColor(),
        fromText.blueStrip(),
        seen.type() == null ? fromText.type() : seen.type(),
        fromText.regionCode(),
        fromText.regionName(),
        fromText.country());
  }

  /** The field's value, or null where it is not one of those that were asked for. */
  private static @Nullable String known(JsonNode item, String field, List<String> values) {
    String value = item.path(field).asText("").trim().toLowerCase(Locale.ROOT);
    return values.contains(value) ? value : null;
  }
}
