package io.plateflow.connectors.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.VehiclePass;
import java.util.List;

/** What alerts and decisions at gates say of their pass. */
final class MatchedPasses {

  private static final ObjectMapper JSON = new ObjectMapper();

  private MatchedPasses() {}

  static ObjectNode json(VehiclePass pass, List<ListMatch> matches) {
    PassPlate plate = pass.plate();
    ObjectNode row =
        JSON.createObjectNode()
            .put("pass_key", pass.passId())
            .put("camera_id", pass.cameraId())
            .put("location", pass.place().location())
            .put("site", pass.place().site())
            .put("gate", pass.place().gate().label())
            .put("vehicle_class", pass.vehicleClass())
            .put("plate_text", pass.plateText().isEmpty() ? null : pass.plateText())
            .put("score", plate == null ? 0 : plate.readScore())
            .put("reads", plate == null ? 0 : plate.agreeingReads());
    row.set("matches", matches(matches));
    return row;
  }

  static ArrayNode matches(List<ListMatch> matches) {
    ArrayNode rows = JSON.createArrayNode();
    for (ListMatch match : matches) {
      rows.addObject()
          .put("list_id", match.listId())
          .put("list_name", match.listName())
          .put("meaning", match.meaning().label())
          .put("color", match.color())
          .put("entry_id", match.entryId())
          .put("pattern", match.pattern())
          .put("match_kind", match.kind().label())
          .put("match_distance", match.distance())
          .put("match_tolerance", match.tolerance())
          .put("holder", match.holder())
          .put("note", match.note());
    }
    return rows;
  }
}
