package io.plateflow.api.galaxy.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.plateflow.api.ApiFixture;
import io.plateflow.clients.postgres.PassForm;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.schemas.pass.VehiclePass;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes rows by the functions that the job's sinks call. */
final class Recordings {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PostgresConfig postgres;

  Recordings(PostgresConfig postgres) {
    this.postgres = postgres;
  }

  void passes(VehiclePass... passes) {
    ArrayNode rows = JSON.createArrayNode();
    for (VehiclePass pass : passes) {
      rows.add(PassForm.write(pass));
    }
    call("record_passes", rows.toString());
  }

  void plateStatus(String plate, String list, long version) {
    ArrayNode rows = JSON.createArrayNode();
    rows.addObject()
        .put("plate_text", plate)
        .put("type", list)
        .put("version", version)
        .put("changed_at", "2026-11-20T00:00:00Z");
    call("record_plate_statuses", rows.toString());
  }

  /** A new token that has these rights, with commas between them. */
  static String token(ApiFixture api, String rights) {
    String token = "token-of-" + rights.replace(',', '-');
    api.query(
        "INSERT INTO api_tokens (name, hash, last_four, rights, owner_id)"
            + " VALUES ('test', sha256('%s'), 'read', '{%s}', (SELECT min(id) FROM api_users))"
                .formatted(token, rights));
    return token;
  }

  void call(String function, String batch) {
    try (Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        PreparedStatement call =
            connection.prepareStatement("SELECT %s(?::jsonb)".formatted(function))) {
      call.setString(1, batch);
      call.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(function, e);
    }
  }
}
