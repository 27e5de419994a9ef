package io.plateflow.clients.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.postgres.PostgresConnections;
import io.plateflow.clients.search.PlateQuery.Kind;
import io.plateflow.clients.testing.EmbeddedServices;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** What is not among the newest passes is found all the same. */
@ExtendWith(EmbeddedServices.class)
@Timeout(120)
class LongHistoryITCase {

  /** More passes and plates than a search looks at in turn; 1 is the oldest. */
  private static final String PASSES =
      """
      INSERT INTO locations (name, type) VALUES ('Gate 1', 'Entry');
      INSERT INTO detection_sessions (
          pass_key, camera_id, location_id, gate, timestamp, first_seen, last_seen, frames,
          image_resolution, processing_time, detection_type)
      SELECT 'p' || i, 'cam-1', (SELECT id FROM locations), 'entry', at, at, at, 1, '1x1', 0,
             'vehicle_with_plate'
        FROM (SELECT i, timestamptz '2026-01-01 00:00:00+00' + i * interval '1 minute' AS at
                FROM generate_series(1, 34000) AS i) AS times ORDER BY i;
      INSERT INTO plates (
          session_id, plate_bounding_box, plate_confidence_score, plate_text, ocr_confidence,
          timestamp, plate_type)
      SELECT id, '[1, 2, 3, 4]', 1,
             CASE WHEN substr(pass_key, 2)::int % 997 = 3 AND substr(pass_key, 2)::int < 3500
                  THEN 'Q17' || substr(pass_key, 2) || 'Z'
                  ELSE 'B' || (10000 + substr(pass_key, 2)::int) || 'X' END,
             1, timestamp, CASE WHEN pass_key IN ('p5', 'p6') THEN 'diplomatic' END
        FROM detection_sessions;
      SELECT refresh_search_texts(ARRAY(SELECT id FROM detection_sessions));
      ANALYZE;
      """;

  private PostgresConfig database;
  private PlateSearch search;

  @BeforeEach
  void fill(PostgresConfig options) throws Exception {
    database = options;
    try (Connection connection = PostgresConnections.open(database);
        Statement statement = connection.createStatement()) {
      statement.execute(PASSES);
    }
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.user());
    source.setPassword(database.password());
    search = new PlateSearch(source);
  }

  @Test
  void isFoundByTheFewPlatesThatFitAndByAFilterThatHardlyAnyPassMeets() throws Exception {
    for (String pattern :
        List.of("Q?7*", "?1?1*Z", "Q*Z", "*Z", "?17?Z", "*Q*", "Q17*", "B1?37?X")) {
      PlateQuery query = PlateQuery.of(Kind.PATTERN, pattern);
      assertThat(found(query, SearchFilter.NONE))
          .as(pattern)
          .isEqualTo(
              keys("p.plate_text ~ '^%s$'".formatted(pattern.replace("?", ".").replace("*", ".*"))))
          .isNotEmpty();
    }
    assertThat(
            found(
                PlateQuery.of(Kind.PATTERN, "B?*"), SearchFilter.NONE.withPlateType("diplomatic")))
        .isEqualTo(keys("p.plate_type = 'diplomatic'"))
        .containsExactly("p6", "p5");
  }

  private List<String> found(PlateQuery query, SearchFilter filter) {
    List<String> keys = new ArrayList<>();
    SearchCursor after = null;
    do {
      SearchPage page = search.search(query, filter, after, 3);
      page.hits().forEach(hit -> keys.add(hit.passKey()));
      after = page.next();
    } while (after != null);
    return keys;
  }

  private List<String> keys(String condition) throws Exception {
    List<String> keys = new ArrayList<>();
    try (Connection connection = PostgresConnections.open(database);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT pass_key FROM detection_sessions s JOIN plates p ON p.session_id = s.id"
                    + " WHERE "
                    + condition
                    + " ORDER BY s.timestamp DESC, s.id DESC")) {
      while (rows.next()) {
        keys.add(rows.getString(1));
      }
    }
    return keys;
  }
}
