package io.plateflow.api.platerecognizer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.models.grammar.CountryShare;
import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.models.recognition.RecognizedImage;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The list {@code results}, in both of its forms. */
final class PlateResults {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Where nothing tells the country: clients split the code and look it up. */
  private static final String ANY_COUNTRY = "us";

  /** What makes a country clear to the reader. */
  private static final double CLEAR = 0.75;

  private final PlateGrammar grammar;
  private final RegionHints hints;
  private final boolean mmc;
  private final RecognizedImage image;

  /**
   * @param mmc whether make, model and colour are named, if only as unknown
   * @param image that the boxes belong to
   */
  PlateResults(PlateGrammar grammar, RegionHints hints, boolean mmc, RecognizedImage image) {
    this.grammar = grammar;
    this.hints = hints;
    this.mmc = mmc;
    this.image = image;
  }

  /** One result a plate, best first; all have the same keys. */
  ArrayNode plates(List<PlateOnVehicle> found) {
    ArrayNode results = JSON.arrayNode();
    found.stream()
        .sorted(Comparator.comparingDouble(PlateResults::confidence).reversed())
        .forEach(
            each -> {
              Detection plate = each.detection().plate();
              PlateRead read = each.read();
              if (plate != null && read != null) {
                results.add(plate(each, plate, read));
              }
            });
    return results;
  }

  /** One result a vehicle, or a plate without one. */
  ArrayNode vehicles(List<PlateOnVehicle> found) {
    ArrayNode results = JSON.arrayNode();
    for (PlateOnVehicle each : found) {
      ObjectNode result = results.addObject();
      Detection plate = each.detection().plate();
      PlateRead read = each.read();
      if (plate == null || read == null) {
        result.putNull("plate");
      } else {
        ObjectNode json = result.putObject("plate");
        json.put("type", "Plate").put("score", rounded(plate.score()));
        json.set("box", box(plate.box()));
        ObjectNode props = json.putObject("props");
        ArrayNode texts = props.putArray("plate");
        candidates(read)
            .forEach((text, score) -> texts.addObject().put("value", text).put("score", score));
        CountryShare region = region(read, each.attributes());
        props
            .putArray("region")
            .addObject()
            .put("value", region.country())
            .put("score", rounded(region.share()));
      }
      Detection vehicle = each.detection().vehicle();
      if (vehicle == null) {
        result.putNull("vehicle");
      } else {
        ObjectNode json = result.putObject("vehicle");
        json.put("type", type(vehicle)).put("score", rounded(vehicle.score()));
        json.set("box", box(vehicle.box()));
        ObjectNode props = json.putObject("props");
        props
            .putArray("make_model")
            .addObject()
            .put("make", "unknown")
            .put("model", "unknown")
            .put("score", 0.0);
        props.putArray("color").addObject().put("value", "unknown").put("score", 0.0);
        props.putArray("orientation").addObject().put("value", "Unknown").put("score", 0.0);
      }
    }
    return results;
  }

  private static double confidence(PlateOnVehicle each) {
    PlateRead read = each.read();
    return read == null ? 0 : read.confidence();
  }

  private ObjectNode plate(PlateOnVehicle each, Detection plate, PlateRead read) {
    ObjectNode result = JSON.objectNode();
    result.set("box", box(plate.box()));
    result.put("plate", read.text().toLowerCase(Locale.ROOT));
    CountryShare region = region(read, each.attributes());
    result.putObject("region").put("code", region.country()).put("score", rounded(region.share()));
    result.put("score", rounded(read.confidence()));
    ArrayNode others = result.putArray("candidates");
    candidates(read)
        .forEach((text, score) -> others.addObject().put("score", score).put("plate", text));
    result.put("dscore", rounded(plate.score()));
    result.set("vehicle", vehicle(each.detection().vehicle()));
    if (mmc) {
      result
          .putArray("model_make")
          .addObject()
          .put("make", "unknown")
          .put("model", "unknown")
          .put("score", 0.0);
      result.putArray("color").addObject().put("color", "unknown").put("score", 0.0);
      result.putArray("orientation").addObject().put("orientation", "Unknown").put("score", 0.0);
    }
    return result;
  }

  private ObjectNode vehicle(@Nullable Detection vehicle) {
    ObjectNode json = JSON.objectNode();
    json.put("score", vehicle == null ? 0.0 : rounded(vehicle.score()));
    json.put("type", vehicle == null ? "Unknown" : type(vehicle));
    json.set("box", box(vehicle == null ? new BoundingBox(0, 0, 0, 0) : vehicle.box()));
    return json;
  }

  private static String type(Detection vehicle) {
    return switch (vehicle.label()) {
      // Kinds of cars are not told apart.
      case "car" -> "Sedan";
      case "bus" -> "Bus";
      case "motorcycle" -> "Motorcycle";
      case "truck" -> "Big Truck";
      default -> "Unknown";
    };
  }

  private CountryShare region(PlateRead read, @Nullable PlateAttributes attributes) {
    CountryShare byText = grammar.country(read.text(), hints.countries());
    String clear = attributes == null ? null : attributes.country();
    if (clear != null) {
      return byText != null && byText.country().equals(clear) && byText.share() > CLEAR
          ? byText
          : new CountryShare(clear, CLEAR);
    }
    if (byText != null) {
      return byText;
    }
    return new CountryShare(hints.named().isEmpty() ? ANY_COUNTRY : hints.named().get(0), 0);
  }

  /** Each as sure by itself as the text that was chosen would be in its place, best first. */
  private static Map<String, Double> candidates(PlateRead read) {
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put(read.text().toLowerCase(Locale.ROOT), rounded(read.confidence()));
    double chosen =
        read.candidates().stream()
            .filter(c -> c.text().equals(read.text()))
            .mapToDouble(PlateRead.Candidate::score)
            .findFirst()
            .orElse(1);
    for (PlateRead.Candidate each : read.candidates()) {
      if (!each.text().isEmpty()) {
        double share = chosen > 0 ? each.score() / chosen : 0;
        scores.putIfAbsent(
            each.text().toLowerCase(Locale.ROOT),
            rounded(Math.min(1, read.confidence() * Math.min(1, share))));
      }
    }
    return scores;
  }

  private ObjectNode box(BoundingBox box) {
    return JSON.objectNode()
        .put("xmin", within(box.x1(), image.width()))
        .put("ymin", within(box.y1(), image.height()))
        .put("xmax", within(box.x2(), image.width()))
        .put("ymax", within(box.y2(), image.height()));
  }

  private static int within(double value, int most) {
    return (int) Math.max(0, Math.min(most, Math.round(value)));
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
