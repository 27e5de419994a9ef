package io.plateflow.api.galaxy.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.api.galaxy.rest.StatisticQueries.Count;
import io.plateflow.api.http.Answer;
import io.plateflow.api.http.Exchange;
import io.plateflow.schemas.region.Region;
import io.plateflow.schemas.region.RegionTable;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Counts, and the regions that plates may be of. */
final class StatisticOperations {

  static final String PREFIX = "/api/statistics";

  /** Below the prefix. */
  static final List<String> NAMES =
      List.of(
          "dashboard",
          "vehicle-distribution",
          "detection-trend",
          "hourly-activity",
          "plate-types",
          "regions",
          "status");

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final int USUAL_DAYS = 30;
  private static final int MOST_DAYS = 3660;

  private final StatisticQueries statistics;
  private final String database;
  private final Clock clock;

  /**
   * @param database its place, without user and password
   */
  StatisticOperations(StatisticQueries statistics, String database, Clock clock) {
    this.statistics = statistics;
    this.database = database;
    this.clock = clock;
  }

  Answer dashboard(Exchange exchange) {
    int days = days(exchange);
    ObjectNode body = JSON.objectNode();
    body.put("totalDetections", statistics.total());
    body.set("vehicleDistribution", byName(statistics.vehicles(days)));
    body.set("detectionTrend", listed("date", statistics.trend(days)));
    body.set("hourlyActivity", listed("hour", statistics.hours(days)));
    return Answer.json(200, body);
  }

  Answer vehicles(Exchange exchange) {
    return Answer.json(200, byName(statistics.vehicles(days(exchange))));
  }

  Answer trend(Exchange exchange) {
    return Answer.json(200, listed("date", statistics.trend(days(exchange))));
  }

  Answer hours(Exchange exchange) {
    return Answer.json(200, listed("hour", statistics.hours(days(exchange))));
  }

  Answer plateTypes(Exchange exchange) {
    ObjectNode body = JSON.objectNode();
    statistics
        .plateTypes(days(exchange))
        .forEach(count -> body.put(PlateTypes.shown(count.of()), count.passes()));
    return Answer.json(200, body);
  }

  Answer regionCounts(Exchange exchange) {
    return Answer.json(200, regions(statistics.regions(days(exchange))));
  }

  Answer status(Exchange exchange) {
    ObjectNode body = JSON.objectNode();
    body.put("status", "online");
    body.put("timestamp", MICROS.format(clock.instant()));
    ObjectNode tables = body.putObject("database");
    tables.put("accessible", statistics.reachable()).put("path", database);
    NAMES.forEach(tables.putArray("available_methods")::add);
    tables.putArray("missing_methods");
    ObjectNode router = body.putObject("router");
    router.put("prefix", PREFIX).putArray("tags").add("statistics");
    ArrayNode routes = router.putArray("routes");
    NAMES.forEach(
        name -> routes.addObject().put("path", PREFIX + "/" + name).putArray("methods").add("GET"));
    return Answer.json(200, body);
  }

  Answer regions(Exchange exchange) {
    ObjectNode body = JSON.objectNode();
    ArrayNode list = body.putArray("regions");
    RegionTable.indonesia().regions().forEach(region -> list.add(form(region)));
    return Answer.json(200, body);
  }

  Answer region(Exchange exchange) {
    String code = exchange.variable("code");
    Region region = RegionTable.indonesia().region(code.strip().toUpperCase(Locale.ROOT));
    if (region == null) {
      throw RestErrors.notFound("Region %s not found".formatted(RestRequest.shortened(code)));
    }
    return Answer.json(200, form(region));
  }

  Answer regionSummary(Exchange exchange) {
    List<Count> counts = statistics.allRegions();
    ObjectNode body = JSON.objectNode();
    body.put("total", counts.stream().mapToLong(Count::passes).sum());
    body.set("regions", regions(counts));
    return Answer.json(200, body);
  }

  private static int days(Exchange exchange) {
    return (int) RestRequest.number(exchange, "days", USUAL_DAYS, 1, MOST_DAYS);
  }

  private static ObjectNode form(Region region) {
    return JSON.objectNode().put("code", region.code()).put("name", region.name());
  }

  private static ArrayNode regions(List<Count> counts) {
    ArrayNode list = JSON.arrayNode();
    for (Count count : counts) {
      Region region = RegionTable.indonesia().region(count.of());
      list.addObject()
          .put("code", count.of())
          .put("name", region == null ? "" : region.name())
          .put("count", count.passes());
    }
    return list;
  }

  private static ObjectNode byName(List<Count> counts) {
    ObjectNode body = JSON.objectNode();
    counts.forEach(count -> body.put(count.of(), count.passes()));
    return body;
  }

  private static ArrayNode listed(String name, List<Count> counts) {
    ArrayNode list = JSON.arrayNode();
    counts.forEach(count -> list.addObject().put(name, count.of()).put("count", count.passes()));
    return list;
  }
}
