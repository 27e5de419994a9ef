package io.plateflow.api.galaxy.rest;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.postgres.PostgresPool;
import java.util.List;

/** Counts of passes, from the statistics that follow the tables. */
final class StatisticQueries {

  /** Days end by the clock at each place. */
  private static final String RECENT =
      """
      FROM pass_statistics_daily d JOIN locations l ON l.id = d.location_id
      WHERE d.day > (now() AT TIME ZONE l.timezone)::date - :days
      """;

  private final PostgresPool postgres;

  StatisticQueries(PostgresPool postgres) {
    this.postgres = postgres;
  }

  record Count(String of, long passes) {}

  /** Of all times. */
  long total() {
    return postgres.call(
        handle ->
            handle
                .createQuery("SELECT coalesce(sum(passes), 0)::bigint FROM pass_statistics_daily")
                .mapTo(Long.class)
                .one());
  }

  /** By class; passes whose vehicle was not seen have none. */
  List<Count> vehicles(int days) {
    return counts(
        "SELECT d.vehicle_class AS what, sum(d.passes)::bigint AS passes "
            + RECENT
            + "AND d.vehicle_class <> 'none' GROUP BY 1 ORDER BY 2 DESC, 1",
        days);
  }

  /** By day, oldest first. */
  List<Count> trend(int days) {
    return counts(
        "SELECT d.day::text AS what, sum(d.passes)::bigint AS passes "
            + RECENT
            + "GROUP BY 1 ORDER BY 1",
        days);
  }

  /** By hour of the day. */
  List<Count> hours(int days) {
    return counts(
        """
        SELECT to_char(h.local_start, 'HH24":00"') AS what, sum(h.passes)::bigint AS passes
        FROM pass_statistics_hourly h JOIN locations l ON l.id = h.location_id
        WHERE h.bucket_start > now() - (:days + 2) * interval '1 day'
          AND h.local_start::date > (now() AT TIME ZONE l.timezone)::date - :days
        GROUP BY 1 ORDER BY 1
        """,
        days);
  }

  /** By type as tables have it, those that are known. */
  List<Count> plateTypes(int days) {
    return counts(
        "SELECT d.plate_type AS what, sum(d.passes)::bigint AS passes "
            + RECENT
            + "AND d.plate_type NOT IN ('none', 'unknown') GROUP BY 1 ORDER BY 2 DESC, 1",
        days);
  }

  /** By code, those that are known. */
  List<Count> regions(int days) {
    return counts(
        "SELECT d.region_code AS what, sum(d.passes)::bigint AS passes "
            + RECENT
            + "AND d.region_code NOT IN ('none', 'unknown') GROUP BY 1 ORDER BY 2 DESC, 1",
        days);
  }

  /** Of all times. */
  List<Count> allRegions() {
    return postgres.call(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT region_code AS what, sum(passes)::bigint AS passes
                    FROM pass_statistics_daily WHERE region_code NOT IN ('none', 'unknown')
                    GROUP BY 1 ORDER BY 2 DESC, 1
                    """)
                .map((row, context) -> new Count(row.getString("what"), row.getLong("passes")))
                .list());
  }

  private List<Count> counts(String sql, int days) {
    return postgres.call(
        handle ->
            handle
                .createQuery(sql)
                .bind("days", days)
                .map((row, context) -> new Count(row.getString("what"), row.getLong("passes")))
                .list());
  }

  /** Whether the database answers. */
  boolean reachable() {
    try {
      return postgres.call(handle -> handle.createQuery("SELECT true").mapTo(Boolean.class).one());
    } catch (ClientException e) {
      return false;
    }
  }
}
