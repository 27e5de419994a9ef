package io.plateflow.connectors.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.postgres.PostgresTimezone;
import io.plateflow.schemas.parking.GateEvent;
import io.plateflow.schemas.parking.ParkingVisit;
import io.plateflow.schemas.parking.VisitUpdate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the table {@code parking_sessions} what the visits are. An update that comes again changes
 * nothing, so at-least-once delivery leaves every visit once.
 *
 * <p>Updates of one visit must come through one subtask: the last to arrive stays.
 */
public final class ParkingSink {

  private ParkingSink() {}

  public static TableSink<VisitUpdate> create(PostgresConfig config) {
    return new PostgresSink<>(config, new Rows());
  }

  /** Visits as {@code record_parking_sessions} of the migrations takes them. */
  static final class Rows implements TableRows<VisitUpdate> {

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String writer() {
      return "record_parking_sessions";
    }

    @Override
    public String key(VisitUpdate update) {
      return update.visitId();
    }

    @Override
    public String kind() {
      return "parking-visit";
    }

    @Override
    public String source(VisitUpdate update) {
      return update.plate();
    }

    @Override
    public String json(VisitUpdate update) {
      ObjectNode row = JSON.createObjectNode().put("visit_id", update.visitId());
      if (update.visit() != null) {
        put(row, update.visit());
      }
      return row.toString();
    }

    private static void put(ObjectNode row, ParkingVisit visit) {
      row.put("site", visit.site())
          .put("state", visit.state().label())
          .put("plate_text", visit.plate())
          .put("vehicle_class", visit.vehicleClass())
          .put("ended_at", visit.endedAt() == null ? null : visit.endedAt().toString())
          .put("corrected", visit.corrected());
      put(row, "entry", visit.entry());
      put(row, "exit", visit.exit());
      if (visit.exit() != null) {
        row.put("exit_plate_text", visit.exit().plate());
        if (visit.entry() != null) {
          row.put("match_distance", visit.matchDistance());
        }
      }
    }

    private static void put(ObjectNode row, String gate, @Nullable GateEvent event) {
      if (event != null) {
        row.put(gate + "_pass_key", event.passId())
            .put(gate + "_time", event.at().toString())
            .put(gate + "_location", event.place().location())
            .put(gate + "_timezone", PostgresTimezone.name(event.place().timezone()))
            .put(gate + "_camera_id", event.place().cameraId());
      }
    }
  }
}
