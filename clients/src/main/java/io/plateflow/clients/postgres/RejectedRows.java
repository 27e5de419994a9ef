package io.plateflow.clients.postgres;

import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Reads what the tables refused and notes what became known of it. */
public final class RejectedRows implements AutoCloseable {

  private final PostgresSession session;

  public RejectedRows(PostgresConfig config) {
    this.session = new PostgresSession(config);
  }

  /**
   * The oldest rows that are not marked as relayed.
   *
   * @param except ids that are not asked for
   */
  public List<RejectedRow> toRelay(Collection<Long> except, int most) {
    return session.call(
        handle ->
            handle
                .createQuery(
                    "SELECT id, kind, source, reason, rejected_at FROM rejected_rows"
                        + " WHERE relayed_at IS NULL AND id <> ALL (:except)"
                        + " ORDER BY id LIMIT :most")
                .bindArray("except", Long.class, except)
                .bind("most", most)
                .map(ConstructorMapper.of(RejectedRow.class))
                .list());
  }

  /** Marks these as relayed, and forgets those that were marked a month ago. */
  public void markRelayed(Collection<Long> ids) {
    session.call(
        handle ->
            handle
                    .createUpdate(
                        "UPDATE rejected_rows SET relayed_at = now() WHERE id = ANY (:ids)")
                    .bindArray("ids", Long.class, ids)
                    .execute()
                + handle.execute(
                    "DELETE FROM rejected_rows WHERE relayed_at < now() - interval '30 days'"));
  }

  @Override
  public void close() {
    session.close();
  }
}
