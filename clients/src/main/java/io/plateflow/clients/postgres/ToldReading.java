package io.plateflow.clients.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.lists.ListMeaning;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.StatusMatch;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads back what was last told of a pass: rows of {@code alerts} and {@code access_events}. */
final class ToldReading {

  private ToldReading() {}

  static Alert alert(JsonNode row, VehiclePass recorded) {
    double distance = row.path("match_distance").asDouble();
    return new Alert(
        row.path("revision").asInt(),
        Alert.State.valueOf(row.path("state").asText().toUpperCase(Locale.ROOT)),
        new StatusMatch(
            row.path("listed_plate").asText(),
            PlateListType.valueOf(row.path("status").asText().toUpperCase(Locale.ROOT)),
            distance,
            distance),
        time(row, "emitted_at"),
        told(row, recorded),
        matches(row.path("matches")));
  }

  static AccessDecision access(JsonNode row, VehiclePass recorded) {
    return new AccessDecision(
        row.path("revision").asInt(),
        AccessDecision.Outcome.valueOf(row.path("outcome").asText().toUpperCase(Locale.ROOT)),
        AccessDecision.Reason.valueOf(row.path("reason").asText().toUpperCase(Locale.ROOT)),
        time(row, "emitted_at"),
        time(row, "captured_at"),
        told(row, recorded).withMatches(matches(row.path("matches"))));
  }

  /** The pass with the plate that was told. */
  private static VehiclePass told(JsonNode row, VehiclePass recorded) {
    PassPlate plate = recorded.plate();
    String text = row.path("plate_text").isTextual() ? row.path("plate_text").asText() : "";
    return plate == null ? recorded : recorded.withPlate(plate.withText(text));
  }

  private static List<ListMatch> matches(JsonNode rows) {
    List<ListMatch> matches = new ArrayList<>();
    for (JsonNode row : rows) {
      matches.add(
          new ListMatch(
              row.path("list_id").asText(),
              row.path("list_name").asText(),
              ListMeaning.valueOf(row.path("meaning").asText().toUpperCase(Locale.ROOT)),
              text(row, "color"),
              row.path("entry_id").asText(),
              row.path("pattern").asText(),
              ListMatch.Kind.valueOf(row.path("match_kind").asText().toUpperCase(Locale.ROOT)),
              row.path("match_distance").asDouble(),
              row.path("match_tolerance").asDouble(),
              null,
              null,
              text(row, "holder"),
              text(row, "note")));
    }
    return matches;
  }

  private static Instant time(JsonNode row, String field) {
    return OffsetDateTime.parse(row.path(field).asText()).toInstant();
  }

  private static @Nullable String text(JsonNode row, String field) {
    return row.path(field).isTextual() ? row.path(field).asText() : null;
  }
}
