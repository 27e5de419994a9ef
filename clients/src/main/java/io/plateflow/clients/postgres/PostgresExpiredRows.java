package io.plateflow.clients.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.clients.retention.ExpiredRows;
import io.plateflow.schemas.camera.CameraDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Retention over one connection. Every call may be repeated. */
public final class PostgresExpiredRows implements ExpiredRows {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double MILLIS_PER_SECOND = 1000;

  private final PostgresSession session;
  private final @Nullable Double keepSecondsByDefault;

  /**
   * @param keepByDefault null keeps the passes of cameras that say nothing for ever
   */
  public PostgresExpiredRows(PostgresConfig config, @Nullable Duration keepByDefault) {
    this.session = new PostgresSession(config);
    this.keepSecondsByDefault = keepByDefault == null ? null : seconds(keepByDefault);
  }

  @Override
  public void noteCameras(List<CameraDefinition> cameras) {
    ArrayNode array = JSON.createArrayNode();
    for (CameraDefinition camera : cameras) {
      ObjectNode one = array.addObject().put("camera_id", camera.id());
      if (camera.retention() != null) {
        one.put("keep_seconds", seconds(camera.retention()));
      }
    }
    session.call(
        handle -> handle.execute("SELECT record_camera_retention(?::jsonb)", array.toString()));
  }

  @Override
  public int deletePasses(int most) {
    return session.call(
        handle ->
            handle
                .createQuery("SELECT delete_expired_passes(make_interval(secs => :keep), :most)")
                .bind("keep", keepSecondsByDefault)
                .bind("most", most)
                .mapTo(int.class)
                .one());
  }

  @Override
  public List<String> pictures(Instant triedBefore, int most) {
    return session.call(
        handle ->
            handle
                .createQuery(
                    "SELECT path FROM expired_evidence WHERE tried_at IS NULL OR tried_at < :before"
                        + " ORDER BY tried_at NULLS FIRST LIMIT :most")
                .bind("before", triedBefore)
                .bind("most", most)
                .mapTo(String.class)
                .list());
  }

  @Override
  public void forgetPictures(List<String> paths) {
    session.call(
        handle ->
            handle
                .createUpdate("DELETE FROM expired_evidence WHERE path = ANY (:paths)")
                .bindArray("paths", String.class, paths)
                .execute());
  }

  @Override
  public void notePictureFailures(List<String> paths, Instant at) {
    session.call(
        handle ->
            handle
                .createUpdate(
                    "UPDATE expired_evidence SET tried_at = :at WHERE path = ANY (:paths)")
                .bind("at", at)
                .bindArray("paths", String.class, paths)
                .execute());
  }

  private static double seconds(Duration time) {
    return time.toMillis() / MILLIS_PER_SECOND;
  }

  @Override
  public void close() {
    session.close();
  }
}
