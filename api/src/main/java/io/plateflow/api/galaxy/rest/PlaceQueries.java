package io.plateflow.api.galaxy.rest;

import io.plateflow.clients.postgres.PostgresPool;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of places. The job adds those that its cameras name, and changes none. */
final class PlaceQueries {

  private static final String COLUMNS =
      """
      SELECT l.id, l.name, l.type, l.timezone,
        to_char(l.timestamp AT TIME ZONE l.timezone, 'YYYY-MM-DD HH24:MI:SS') AS at
      FROM locations l
      """;

  private final PostgresPool postgres;

  PlaceQueries(PostgresPool postgres) {
    this.postgres = postgres;
  }

  /**
   * @param at when it was first recorded, by its own clock
   */
  record Place(int id, String name, String type, String timezone, String at) {}

  /** What came of a deletion. */
  enum Deletion {
    DONE,
    NOT_THERE,
    IN_USE
  }

  List<Place> all() {
    return postgres.call(
        handle ->
            handle
                .createQuery(COLUMNS + " ORDER BY l.id")
                .map((row, context) -> place(row))
                .list());
  }

  Optional<Place> find(long id) {
    return postgres.call(handle -> find(handle, id));
  }

  /** By its name in any case, with or without its type in brackets: {@code gate 1 (Entry)}. */
  Optional<Place> named(String name) {
    return postgres.call(
        handle ->
            handle
                .createQuery(
                    COLUMNS
                        + " WHERE lower(l.name) = :name OR lower(l.name || ' (' || l.type || ')') = :name"
                        + " ORDER BY l.type, l.id LIMIT 1")
                .bind("name", name.toLowerCase(Locale.ROOT))
                .map((row, context) -> place(row))
                .findFirst());
  }

  /** Empty where there is one of that name and type. */
  Optional<Place> add(String name, String type, String timezone) {
    return postgres.call(
        handle ->
            handle
                .createQuery(
                    """
                    INSERT INTO locations (name, type, timezone) VALUES (:name, :type, :timezone)
                    ON CONFLICT (name, type) DO NOTHING RETURNING id
                    """)
                .bind("name", name)
                .bind("type", type)
                .bind("timezone", timezone)
                .mapTo(Long.class)
                .findFirst()
                .flatMap(id -> find(handle, id)));
  }

  /** Whether another place has that name and type. */
  boolean taken(long id, String name, String type) {
    return postgres.call(
        handle ->
            handle
                .createQuery(
                    "SELECT EXISTS (SELECT FROM locations"
                        + " WHERE name = :name AND type = :type AND id <> :id)")
                .bind("name", name)
                .bind("type", type)
                .bind("id", id)
                .mapTo(Boolean.class)
                .one());
  }

  /** Null leaves what is there; another timezone cuts the statistics anew. */
  Optional<Place> change(
      long id, @Nullable String name, @Nullable String type, @Nullable String timezone) {
    return postgres.call(
        handle -> {
          handle
              .createUpdate(
                  """
                  UPDATE locations SET name = coalesce(:name, name), type = coalesce(:type, type),
                    timezone = coalesce(:timezone, timezone) WHERE id = :id
                  """)
              .bind("name", name)
              .bind("type", type)
              .bind("timezone", timezone)
              .bind("id", id)
              .execute();
          return find(handle, id);
        });
  }

  /** Takes one away that has no passes, and no statistics of passes that are gone. */
  Deletion delete(long id) {
    return postgres.call(
        handle -> {
          int deleted =
              handle
                  .createUpdate(
                      """
                      DELETE FROM locations l WHERE l.id = :id
                        AND NOT EXISTS (SELECT FROM detection_sessions s WHERE s.location_id = l.id)
                        AND NOT EXISTS (SELECT FROM expired_pass_counts c WHERE c.location_id = l.id)
                      """)
                  .bind("id", id)
                  .execute();
          return deleted > 0
              ? Deletion.DONE
              : find(handle, id).isEmpty() ? Deletion.NOT_THERE : Deletion.IN_USE;
        });
  }

  private static Optional<Place> find(Handle handle, long id) {
    return handle
        .createQuery(COLUMNS + " WHERE l.id = :id")
        .bind("id", id)
        .map((row, context) -> place(row))
        .findFirst();
  }

  private static Place place(ResultSet row) throws SQLException {
    return new Place(
        row.getInt("id"),
        row.getString("name"),
        row.getString("type"),
        row.getString("timezone"),
        row.getString("at"));
  }
}
