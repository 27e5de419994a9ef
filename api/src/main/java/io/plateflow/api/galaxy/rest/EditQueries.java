package io.plateflow.api.galaxy.rest;

import io.plateflow.clients.postgres.PostgresPool;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the job has made of corrections, and the simple access list as its table has it. */
final class EditQueries {

  private final PostgresPool postgres;

  EditQueries(PostgresPool postgres) {
    this.postgres = postgres;
  }

  /** Whether the rows follow all of these corrections. */
  boolean applied(List<String> corrections) {
    return postgres.call(
            handle ->
                handle
                    .createQuery(
                        "SELECT count(*) FROM corrections"
                            + " WHERE correction_id = ANY (:ids) AND applied_at IS NOT NULL")
                    .bindArray("ids", String.class, corrections)
                    .mapTo(Long.class)
                    .one())
        == corrections.size();
  }

  /** Whether somebody holds the pass, so that it cannot be deleted. */
  boolean held(String passKey) {
    return postgres.call(
        handle ->
            handle
                .createQuery("SELECT is_held(:pass)")
                .bind("pass", passKey)
                .mapTo(Boolean.class)
                .one());
  }

  /**
   * @param list {@code whitelist} or {@code blacklist}
   */
  record Listed(String plate, String list) {}

  List<Listed> listed() {
    return postgres.call(
        handle ->
            handle
                .createQuery("SELECT plate_text, type FROM plate_status ORDER BY plate_text")
                .map((row, context) -> new Listed(row.getString(1), row.getString(2)))
                .list());
  }

  /** The list that a plate is on. */
  Optional<String> list(String plate) {
    return postgres.call(
        handle ->
            handle
                .createQuery("SELECT type FROM plate_status WHERE plate_text = :plate")
                .bind("plate", plate)
                .mapTo(String.class)
                .findFirst());
  }

  /** The highest version that the list has had of a plate; 0 where it had none. */
  long version(String plate) {
    return postgres.call(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT coalesce(max(version), 0) FROM (
                      SELECT version FROM plate_status WHERE plate_text = :plate
                      UNION ALL
                      SELECT version FROM plate_status_removals WHERE plate_text = :plate) AS known
                    """)
                .bind("plate", plate)
                .mapTo(Long.class)
                .one());
  }

  /** Plates that were seen, by what the list says of them now. */
  SortedMap<String, Long> seenByList() {
    SortedMap<String, Long> counts = new TreeMap<>();
    postgres.call(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT coalesce(n.type, 'unclassified') AS list, count(*) AS plates
                    FROM plates p LEFT JOIN plate_status n ON n.plate_text = p.plate_text GROUP BY 1
                    """)
                .map((row, context) -> counts.put(row.getString(1), row.getLong(2)))
                .list());
    return counts;
  }
}
