package io.plateflow.clients.search;

import io.plateflow.clients.search.PlateMatch.Origin;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** The queries of one search, within one transaction. */
final class SearchTables {

  /** Hashes fit no pattern. */
  private static final String NO_HASH = " AND %s NOT LIKE '#%%'";

  private static final String NEWEST =
      " ORDER BY s.timestamp DESC, s.session_id DESC, s.origin, s.text LIMIT :most";
  private static final String FOUND = "s.session_id, s.timestamp, s.text, s.origin";

  private final Handle handle;

  SearchTables(Handle handle) {
    this.handle = handle;
    // Plans that know the pattern are worth more than the time to make them; compiled ones are not.
    handle.execute(
        "SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL jit = off;"
            + " SET LOCAL random_page_cost = 1.1");
  }

  /** What of the newest rows fits, and whether there are no older ones. */
  record Walked(List<FoundText> found, boolean all) {}

  /** Looks at the newest rows, so many at most. */
  Walked newestRows(String like, SearchConditions conditions, int rows, int most) {
    return walk(
        conditions.range() + " ORDER BY s.timestamp DESC, s.session_id DESC",
        like,
        conditions,
        rows,
        most);
  }

  /** Looks at rows whose text begins as the pattern does, so many at most. */
  Walked rowsOfPrefix(String like, SearchConditions conditions, int rows, int most) {
    return walk("s.text LIKE :like AND " + conditions.range(), like, conditions, rows, most);
  }

  private Walked walk(String where, String like, SearchConditions conditions, int rows, int most) {
    List<FoundText> found =
        conditions
            .bind(
                handle.createQuery(
                    "WITH s AS MATERIALIZED (SELECT "
                        + conditions.columns()
                        + " FROM search_texts s WHERE "
                        + where
                        + " LIMIT :rows)"
                        + " SELECT count(*) AS session_id, now() AS timestamp, '' AS text, ''"
                        + " AS origin FROM s UNION ALL (SELECT DISTINCT ON (s.timestamp,"
                        + " s.session_id) "
                        + FOUND
                        + " FROM s WHERE s.text LIKE :like"
                        + NO_HASH.formatted("s.text")
                        + " AND "
                        + conditions.rest()
                        + NEWEST
                        + ")"))
            .bind("rows", rows)
            .bind("like", like)
            .bind("most", most)
            .map((row, context) -> found(row))
            .list();
    // The row without a text has the count.
    long walked = found.stream().filter(SearchTables::isCount).findAny().orElseThrow().sessionId();
    return new Walked(found.stream().filter(one -> !isCount(one)).toList(), walked < rows);
  }

  private static boolean isCount(FoundText row) {
    return row.text().isEmpty();
  }

  /**
   * Everything that fits, however far back: for what fits often but is filtered out nearly always.
   */
  List<FoundText> scan(String like, SearchConditions conditions, int most) {
    return conditions
        .bind(
            handle.createQuery(
                "SELECT DISTINCT ON (s.timestamp, s.session_id) "
                    + FOUND
                    + " FROM search_texts s WHERE s.text LIKE :like"
                    + NO_HASH.formatted("s.text")
                    + " AND "
                    + conditions.all()
                    + NEWEST))
        .bind("like", like)
        .bind("most", most)
        .map((row, context) -> found(row))
        .list();
  }

  /**
   * Plates that fit, the last seen first.
   *
   * @param places of characters that the pattern fixes, where it has too few in a row for the index
   *     of trigrams; else none
   */
  List<KnownPlate> platesLike(String like, List<String> places, int most) {
    return handle
        .createQuery(
            "SELECT p.text, p.last_seen FROM search_plates p WHERE p.text LIKE :like"
                + NO_HASH.formatted("p.text")
                + (places.isEmpty() ? "" : " AND plate_places(p.text) @> :places::text[]")
                + " ORDER BY p.last_seen DESC LIMIT :most")
        .bind("like", like)
        .bindArray("places", String.class, places)
        .bind("most", most)
        .map((row, context) -> new KnownPlate(row.getString(1), instant(row, 2)))
        .list();
  }

  List<KnownPlate> platesFoldedTo(Collection<String> folded) {
    return handle
        .createQuery(
            "SELECT p.text, p.last_seen FROM search_plates p WHERE p.folded = ANY (:folded)"
                + " ORDER BY p.last_seen DESC")
        .bindArray("folded", String.class, folded)
        .map((row, context) -> new KnownPlate(row.getString(1), instant(row, 2)))
        .list();
  }

  /**
   * The newest passes with one of these texts.
   *
   * @param nearer passes that have one of these, too, are left out
   */
  List<FoundText> newest(
      Collection<String> texts, SearchConditions conditions, Collection<String> nearer, int most) {
    return conditions
        .bind(
            handle.createQuery(
                "SELECT DISTINCT ON (s.timestamp, s.session_id) "
                    + FOUND
                    + " FROM unnest(:texts) AS t (text) CROSS JOIN LATERAL (SELECT "
                    + FOUND
                    + " FROM search_texts s WHERE s.text = t.text AND "
                    + conditions.all()
                    + (nearer.isEmpty()
                        ? ""
                        : " AND NOT EXISTS (SELECT FROM search_texts n WHERE n.session_id ="
                            + " s.session_id AND n.text = ANY (:nearer) AND "
                            + conditions.origin("n")
                            + ")")
                    + " ORDER BY s.timestamp DESC, s.session_id DESC LIMIT :most) AS s"
                    + NEWEST))
        .bindArray("texts", String.class, texts)
        .bindArray("nearer", String.class, nearer)
        .bind("most", most)
        .map((row, context) -> found(row))
        .list();
  }

  /** Ids of the location, one for each of its gates. */
  List<Integer> locations(String name) {
    return handle
        .createQuery("SELECT id FROM locations WHERE name = :name")
        .bind("name", name)
        .mapTo(Integer.class)
        .list();
  }

  /** The passes themselves, in the order in which they were found. */
  List<PlateHit> hits(List<FoundText> found, Function<FoundText, PlateMatch> match) {
    Map<Long, FoundText> bySession = new HashMap<>();
    found.forEach(one -> bySession.put(one.sessionId(), one));
    Map<Long, PlateHit> hits = new HashMap<>();
    handle
        .createQuery(
            "SELECT f.session_id, f.pass_key, f.timestamp, f.local_timestamp, f.camera_id,"
                + " f.location, f.site, f.plate_text, f.plate_number, f.vehicle_class,"
                + " f.plate_type, f.plate_status FROM passes_flat f WHERE f.session_id = ANY (:ids)")
        .bindArray("ids", Long.class, bySession.keySet())
        .map((row, context) -> hit(row, match.apply(bySession.get(row.getLong(1)))))
        .forEach(hit -> hits.put(hit.sessionId(), hit));
    return found.stream()
        .flatMap(one -> Optional.ofNullable(hits.get(one.sessionId())).stream())
        .toList();
  }

  private static PlateHit hit(ResultSet row, PlateMatch match) throws SQLException {
    return new PlateHit(
        row.getLong("session_id"),
        row.getString("pass_key"),
        instant(row, 3),
        row.getString("local_timestamp"),
        row.getString("camera_id"),
        row.getString("location"),
        row.getString("site"),
        row.getString("plate_text"),
        row.getString("plate_number"),
        row.getString("vehicle_class"),
        row.getString("plate_type"),
        row.getString("plate_status"),
        match);
  }

  static Origin origin(FoundText found) {
    return found.origin().equals("plate") ? Origin.PLATE : Origin.READ;
  }

  private static FoundText found(ResultSet row) throws SQLException {
    return new FoundText(row.getLong(1), instant(row, 2), row.getString(3), row.getString(4));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
