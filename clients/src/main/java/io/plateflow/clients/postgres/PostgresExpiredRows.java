package io.plateflow.clients.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.clients.retention.ExpiredRows;
import io.plateflow.schemas.camera.CameraDefinition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Retention over one connection, opened when it is needed and given up after a failure. Every call
 * is a transaction of its own and may be repeated.
 */
public final class PostgresExpiredRows implements ExpiredRows {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresExpiredRows.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double MILLIS_PER_SECOND = 1000;

  private final PostgresConfig options;
  private final Duration keepByDefault;
  private Connection connection;

  /** What is done with a statement. */
  @FunctionalInterface
  private interface Call<T> {
    T on(PreparedStatement statement) throws SQLException;
  }

  /**
   * @param keepByDefault null keeps the passes of cameras that say nothing for ever
   */
  public PostgresExpiredRows(PostgresConfig options, Duration keepByDefault) {
    this.options = options;
    this.keepByDefault = keepByDefault;
  }

  @Override
  public void noteCameras(List<CameraDefinition> cameras) throws SQLException {
    ArrayNode array = JSON.createArrayNode();
    for (CameraDefinition camera : cameras) {
      ObjectNode one = array.addObject().put("camera_id", camera.id());
      if (camera.retention() != null) {
        one.put("keep_seconds", seconds(camera.retention()));
      }
    }
    call(
        "SELECT record_camera_retention(?::jsonb)",
        statement -> {
          statement.setString(1, array.toString());
          return statement.execute();
        });
  }

  @Override
  public int deletePasses(int most) throws SQLException {
    return call(
        "SELECT delete_expired_passes(make_interval(secs => ?), ?)",
        statement -> {
          if (keepByDefault == null) {
            statement.setNull(1, Types.DOUBLE);
          } else {
            statement.setDouble(1, seconds(keepByDefault));
          }
          statement.setInt(2, most);
          try (ResultSet deleted = statement.executeQuery()) {
            deleted.next();
            return deleted.getInt(1);
          }
        });
  }

  @Override
  public List<String> pictures(Instant triedBefore, int most) throws SQLException {
    return call(
        "SELECT path FROM expired_evidence WHERE tried_at IS NULL OR tried_at < ?"
            + " ORDER BY tried_at NULLS FIRST LIMIT ?",
        statement -> {
          statement.setObject(1, triedBefore.atOffset(ZoneOffset.UTC));
          statement.setInt(2, most);
          try (ResultSet found = statement.executeQuery()) {
            List<String> paths = new ArrayList<>();
            while (found.next()) {
              paths.add(found.getString(1));
            }
            return paths;
          }
        });
  }

  @Override
  public void forgetPictures(List<String> paths) throws SQLException {
    call(
        "DELETE FROM expired_evidence WHERE path = ANY (?)",
        statement -> {
          statement.setArray(1, connection.createArrayOf("text", paths.toArray()));
          return statement.executeUpdate();
        });
  }

  @Override
  public void notePictureFailures(List<String> paths, Instant at) throws SQLException {
    call(
        "UPDATE expired_evidence SET tried_at = ? WHERE path = ANY (?)",
        statement -> {
          statement.setObject(1, at.atOffset(ZoneOffset.UTC));
          statement.setArray(2, connection.createArrayOf("text", paths.toArray()));
          return statement.executeUpdate();
        });
  }

  private <T> T call(String sql, Call<T> call) throws SQLException {
    if (connection == null) {
      connection = PostgresConnections.open(options);
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return call.on(statement);
    } catch (SQLException e) {
      // The state of a connection after a failure is not known.
      close();
      throw e;
    }
  }

  private static double seconds(Duration time) {
    return time.toMillis() / MILLIS_PER_SECOND;
  }

  @Override
  public void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.debug("Closing a connection", e);
      }
      connection = null;
    }
  }
}
