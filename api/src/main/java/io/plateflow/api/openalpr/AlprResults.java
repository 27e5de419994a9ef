package io.plateflow.api.openalpr;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.models.grammar.CountryShare;
import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.models.recognition.RecognizedImage;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateRead;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a picture shows, in the form {@code alpr_results}. */
final class AlprResults {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int FORM = 2;

  /** Clients take the first entry of each without looking. */
  private static final List<String> DETAILS =
      List.of("color", "make", "make_model", "body_type", "year", "orientation");

  /** What each of them reads as long as vehicles are not recognized. */
  static final String UNKNOWN = "unknown";

  private final PlateGrammar grammar;
  private final Parameters parameters;
  private final RecognizedImage image;

  /**
   * @param image that the boxes belong to
   */
  AlprResults(PlateGrammar grammar, Parameters parameters, RecognizedImage image) {
    this.grammar = grammar;
    this.parameters = parameters;
    this.image = image;
  }

  /** Everything but what concerns the client. */
  ObjectNode json(List<PlateOnVehicle> found, long epochMillis) {
    ObjectNode body = JSON.objectNode();
    body.put("data_type", "alpr_results");
    body.put("version", FORM);
    body.put("error", false);
    body.put("epoch_time", epochMillis);
    body.put("img_width", image.width());
    body.put("img_height", image.height());
    body.putObject("processing_time")
        .put("plates", rounded(image.plateMillis() + image.readMillis()))
        .put("vehicles", parameters.vehicle() ? rounded(image.vehicleMillis()) : 0.0)
        .put("total", rounded(image.totalMillis()));
    body.putArray("regions_of_interest")
        .add(region(new BoundingBox(0, 0, image.width(), image.height())));
    body.set("results", results(found));
    ArrayNode vehicles = body.putArray("vehicles");
    if (parameters.vehicle()) {
      for (PlateOnVehicle each : found) {
        Detection vehicle = each.detection().vehicle();
        if (vehicle != null) {
          vehicles.add(region(vehicle.box()).set("details", details()));
        }
      }
    }
    return body;
  }

  private ArrayNode results(List<PlateOnVehicle> found) {
    List<PlateOnVehicle> plates =
        found.stream()
            .filter(each -> each.read() != null && each.detection().plate() != null)
            .sorted(Comparator.comparingDouble(AlprResults::confidence).reversed())
            .toList();
    double millis = plates.isEmpty() ? 0 : image.readMillis() / plates.size();
    ArrayNode results = JSON.arrayNode();
    for (PlateOnVehicle each : plates) {
      PlateRead read = each.read();
      Detection plate = each.detection().plate();
      if (read != null && plate != null) {
        results.add(result(plate, read, each.detection().vehicle(), millis));
      }
    }
    return results;
  }

  private static double confidence(PlateOnVehicle each) {
    PlateRead read = each.read();
    return read == null ? 0 : read.confidence();
  }

  private ObjectNode result(
      Detection plate, PlateRead read, @Nullable Detection vehicle, double millis) {
    ObjectNode result = candidate(read.text(), read.confidence());
    CountryShare country = grammar.country(read.text(), parameters.regions());
    result.put("region", country == null ? "" : country.country());
    result.put("region_confidence", country == null ? 0.0 : percent(country.share()));
    result.put("requested_topn", parameters.topn());
    result.put("processing_time_ms", rounded(millis));
    result.set("coordinates", corners(plate.box()));
    ArrayNode candidates = result.putArray("candidates");
    candidates(read).entrySet().stream()
        .limit(parameters.topn())
        .forEach(each -> candidates.add(candidate(each.getKey(), each.getValue())));
    result.set("vehicle_region", region(vehicle == null ? plate.box() : vehicle.box()));
    if (parameters.vehicle()) {
      result.set("vehicle", details());
    }
    return result;
  }

  private ObjectNode candidate(String text, double confidence) {
    return JSON.objectNode()
        .put("plate", text)
        .put("confidence", percent(confidence))
        .put("matches_template", grammar.follows(text, parameters.regions()) ? 1 : 0);
  }

  /** Each as sure by itself as the text that was chosen would be in its place, best first. */
  private static Map<String, Double> candidates(PlateRead read) {
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put(read.text(), read.confidence());
    double chosen =
        read.candidates().stream()
            .filter(c -> c.text().equals(read.text()))
            .mapToDouble(PlateRead.Candidate::score)
            .findFirst()
            .orElse(1);
    for (PlateRead.Candidate each : read.candidates()) {
      if (!each.text().isEmpty()) {
        double share = chosen > 0 ? Math.min(1, each.score() / chosen) : 0;
        scores.putIfAbsent(each.text(), read.confidence() * share);
      }
    }
    return scores;
  }

  private static ObjectNode details() {
    ObjectNode details = JSON.objectNode();
    for (String name : DETAILS) {
      details.putArray(name).addObject().put("name", UNKNOWN).put("confidence", 0.0);
    }
    return details;
  }

  private ObjectNode region(BoundingBox box) {
    int left = within(box.x1(), image.width());
    int top = within(box.y1(), image.height());
    return JSON.objectNode()
        .put("x", left)
        .put("y", top)
        .put("width", within(box.x2(), image.width()) - left)
        .put("height", within(box.y2(), image.height()) - top);
  }

  /** Clockwise from the top left. */
  private ArrayNode corners(BoundingBox box) {
    int left = within(box.x1(), image.width());
    int top = within(box.y1(), image.height());
    int right = within(box.x2(), image.width());
    int bottom = within(box.y2(), image.height());
    ArrayNode corners = JSON.arrayNode();
    corners.addObject().put("x", left).put("y", top);
    corners.addObject().put("x", right).put("y", top);
    corners.addObject().put("x", right).put("y", bottom);
    corners.addObject().put("x", left).put("y", bottom);
    return corners;
  }

  private static int within(double value, int most) {
    return (int) Math.max(0, Math.min(most, Math.round(value)));
  }

  private static double percent(double share) {
    return rounded(share * 100);
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
