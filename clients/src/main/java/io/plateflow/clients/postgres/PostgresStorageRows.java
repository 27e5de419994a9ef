package io.plateflow.clients.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.plateflow.clients.evidence.DiskSpace;
import io.plateflow.clients.evidence.EvidenceFolder.StoredPicture;
import io.plateflow.clients.retention.StorageLevel;
import io.plateflow.clients.retention.StorageRows;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the tables know of the evidence store, over one connection. Every call may be repeated. */
public final class PostgresStorageRows implements StorageRows {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PostgresSession session;

  public PostgresStorageRows(PostgresConfig config) {
    this.session = new PostgresSession(config);
  }

  @Override
  public Removal removeOldestEvidence(String folder, Place after, int most) {
    return session.call(
        handle ->
            handle
                .createQuery("SELECT * FROM remove_oldest_evidence(:folder, :at, :id, :most)")
                .bind("folder", folder)
                .bind("at", after.at())
                .bind("id", after.id())
                .bind("most", most)
                .map(
                    (row, context) -> {
                      int lookedAt = row.getInt("looked_at");
                      return new Removal(
                          lookedAt,
                          row.getInt("removed"),
                          lookedAt == 0
                              ? null
                              : new Place(
                                  row.getTimestamp("last_time").toInstant(),
                                  row.getLong("last_id")));
                    })
                .one());
  }

  @Override
  public void noteSpace(String store, DiskSpace space, StorageLevel level, Instant at) {
    session.call(
        handle ->
            handle
                .createUpdate(
                    "INSERT INTO storage_state (path, free_bytes, total_bytes, level, at)"
                        + " VALUES (:store, :free, :total, :level, :at)"
                        + " ON CONFLICT (path) DO UPDATE SET free_bytes = excluded.free_bytes,"
                        + " total_bytes = excluded.total_bytes, level = excluded.level,"
                        + " at = excluded.at")
                .bind("store", store)
                .bind("free", space.free())
                .bind("total", space.total())
                .bind("level", level.label())
                .bind("at", at)
                .execute());
  }

  @Override
  public @Nullable Instant sweptAt(String store) {
    return session.call(
        handle ->
            handle
                .createQuery("SELECT swept_at FROM storage_state WHERE path = :store")
                .bind("store", store)
                .mapTo(Instant.class)
                .findFirst()
                .orElse(null));
  }

  @Override
  public void noteSwept(String store, Instant at) {
    session.call(
        handle ->
            handle
                .createUpdate(
                    "INSERT INTO storage_state (path, swept_at) VALUES (:store, :at)"
                        + " ON CONFLICT (path) DO UPDATE SET swept_at = excluded.swept_at")
                .bind("store", store)
                .bind("at", at)
                .execute());
  }

  @Override
  public List<StoredPicture> orphans(List<StoredPicture> pictures) {
    ArrayNode files = JSON.createArrayNode();
    for (StoredPicture picture : pictures) {
      files.addObject().put("pass_key", picture.passId()).put("name", picture.name());
    }
    Set<String> orphans =
        Set.copyOf(
            session.call(
                handle ->
                    handle
                        .createQuery("SELECT name FROM orphaned_pictures(:files::jsonb)")
                        .bind("files", files.toString())
                        .mapTo(String.class)
                        .list()));
    return pictures.stream().filter(picture -> orphans.contains(picture.name())).toList();
  }

  @Override
  public void close() {
    session.close();
  }
}
