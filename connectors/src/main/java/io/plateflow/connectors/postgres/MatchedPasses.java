package io.plateflow.connectors.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.clients.postgres.PassForm;
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
    row.set("matches", PassForm.matches(matches));
    return row;
  }
}
