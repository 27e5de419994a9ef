package io.plateflow.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.testing.EmbeddedServices;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.PlateStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
class PlateStatusTableITCase {

  private static final String ENTRIES =
      "SELECT plate_text, type, version FROM plate_status ORDER BY 1";

  private TestTable<PlateStatus> writer;
  private Tables tables;

  @BeforeEach
  void open(PostgresConfig postgres) throws Exception {
    writer = new TestTable<>(postgres, new PlateStatusSink.Rows());
    tables = new Tables(postgres);
  }

  @Test
  void highestVersionStaysWhateverTheOrder() throws Exception {
    writer.write(List.of(black("B1A", 2), white("B2A", 5), black("B2A", 4)));
    List<String> id = tables.rows("SELECT id FROM plate_status WHERE plate_text = 'B1A'");
    writer.write(List.of(white("B1A", 1), white("B1A", 3)));
    writer.write(List.of(black("B1A", 2)));

    assertThat(tables.rows(ENTRIES)).containsExactly("B1A|whitelist|3", "B2A|whitelist|5");
    assertThat(tables.rows("SELECT id FROM plate_status WHERE plate_text = 'B1A'")).isEqualTo(id);
  }

  @Test
  void removalDeletesAndAnOlderEntryDoesNotBringItBack() throws Exception {
    writer.write(List.of(black("B1A", 2)));
    writer.write(List.of(removed("B1A", 3)));
    assertThat(tables.rows(ENTRIES)).isEmpty();

    writer.write(List.of(black("B1A", 2)));
    assertThat(tables.rows(ENTRIES)).isEmpty();

    writer.write(List.of(white("B1A", 4)));
    assertThat(tables.rows(ENTRIES)).containsExactly("B1A|whitelist|4");
  }

  @Test
  void olderRemovalChangesNothing() throws Exception {
    writer.write(List.of(black("B1A", 5)));
    writer.write(List.of(removed("B1A", 4)));

    assertThat(tables.rows(ENTRIES)).containsExactly("B1A|blacklist|5");
  }

  @Test
  void additionsAndRemovalsOfOneBatchCountByTheirVersions() throws Exception {
    writer.write(
        List.of(
            removed("B1A", 2),
            black("B1A", 1),
            black("B2A", 3),
            removed("B2A", 2),
            white("B3A", 1)));

    assertThat(tables.rows(ENTRIES)).containsExactly("B2A|blacklist|3", "B3A|whitelist|1");
  }

  private static PlateStatus black(String plate, long version) {
    return new PlateStatus(plate, PlateListType.BLACKLIST, version, Instant.EPOCH);
  }

  private static PlateStatus white(String plate, long version) {
    return new PlateStatus(plate, PlateListType.WHITELIST, version, Instant.EPOCH);
  }

  private static PlateStatus removed(String plate, long version) {
    return new PlateStatus(plate, null, version, Instant.EPOCH);
  }
}
