package io.plateflow.connectors.postgres;

import static io.plateflow.clients.testing.TestPasses.NOON;
import static io.plateflow.clients.testing.TestPasses.car;
import static io.plateflow.clients.testing.TestPasses.plate;
import static io.plateflow.clients.testing.TestPasses.vehicle;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.testing.EmbeddedServices;
import io.plateflow.clients.testing.TestPasses;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.PassVehicle;
import io.plateflow.schemas.pass.VehiclePass;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a dashboard of passes shows is one plain query each over the statistics tables. */
@ExtendWith(EmbeddedServices.class)
class StatisticsQueriesITCase {

  private static final String TOTAL = "SELECT sum(passes) FROM pass_statistics_daily";
  private static final String VEHICLES =
      "SELECT vehicle_class, sum(passes) FROM pass_statistics_daily GROUP BY 1 ORDER BY 1";
  private static final String TREND =
      "SELECT day, sum(passes) FROM pass_statistics_daily GROUP BY 1 ORDER BY 1";
  private static final String HOURS =
      "SELECT to_char(local_start, 'HH24:00'), sum(passes) FROM pass_statistics_hourly"
          + " GROUP BY 1 ORDER BY 1";
  private static final String PLATE_TYPES =
      "SELECT plate_type, sum(passes) FROM pass_statistics_daily WHERE plate_type <> 'none'"
          + " GROUP BY 1 ORDER BY 1";
  private static final String REGIONS =
      "SELECT region_code, sum(passes) FROM pass_statistics_daily WHERE region_code <> 'none'"
          + " GROUP BY 1 ORDER BY 1";
  private static final String LISTS =
      "SELECT status, sum(passes) FROM pass_statistics_daily GROUP BY 1 ORDER BY 1";

  @Test
  void everyChartIsOneQueryAndALateCorrectionChangesItsOldBucket(PostgresConfig postgres)
      throws Exception {
    Tables tables = new Tables(postgres);
    try (TestTable<VehiclePass> writer = TestTable.passes(postgres.withRetryFor(Duration.ZERO))) {
      writer.write(
          List.of(
              pass("p1", 0, car(), plate("B 1 A", "private", "B", "Jakarta")),
              pass("p2", 1, car(), plate("D 2 A", "public", "D", "Bandung")),
              pass("p3", 1, vehicle("motorcycle"), plate("B 3 A", "private", "B", "Jakarta")),
              pass("p4", 24, vehicle("truck"), null)));
      assertThat(tables.rows(TOTAL)).containsExactly("4");
      assertThat(tables.rows(VEHICLES)).containsExactly("car|2", "motorcycle|1", "truck|1");
      assertThat(tables.rows(TREND)).containsExactly("2026-11-20|3", "2026-11-21|1");
      assertThat(tables.rows(HOURS)).containsExactly("12:00|2", "13:00|2");
      assertThat(tables.rows(PLATE_TYPES)).containsExactly("private|2", "public|1");
      assertThat(tables.rows(REGIONS)).containsExactly("B|2", "D|1");
      assertThat(tables.rows(LISTS)).containsExactly("unclassified|4");

      // A day later a better read says that p2 was a motorcycle from Jakarta, an hour earlier.
      writer.write(
          List.of(pass("p2", 0, vehicle("motorcycle"), plate("B 2 A", "private", "B", "Jakarta"))));
      assertThat(tables.rows(TOTAL)).containsExactly("4");
      assertThat(tables.rows(VEHICLES)).containsExactly("car|1", "motorcycle|2", "truck|1");
      assertThat(tables.rows(HOURS)).containsExactly("12:00|3", "13:00|1");
      assertThat(tables.rows(PLATE_TYPES)).containsExactly("private|3");
      assertThat(tables.rows(REGIONS)).containsExactly("B|3");
    }
  }

  private static VehiclePass pass(String id, int hours, PassVehicle vehicle, PassPlate plate) {
    return TestPasses.pass(
        id,
        "cam-1",
        "Gate 1",
        GateType.ENTRY,
        NOON.plus(Duration.ofHours(hours)),
        vehicle,
        plate,
        null);
  }
}
