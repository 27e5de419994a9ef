package io.plateflow.connectors.postgres;

import static io.plateflow.clients.testing.TestPasses.NOON;
import static io.plateflow.clients.testing.TestPasses.blacklisted;
import static io.plateflow.clients.testing.TestPasses.car;
import static io.plateflow.clients.testing.TestPasses.pass;
import static io.plateflow.clients.testing.TestPasses.plate;
import static io.plateflow.clients.testing.TestPasses.vehicle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.rules.RulePreview;
import io.plateflow.clients.testing.EmbeddedServices;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.parking.GateEvent;
import io.plateflow.schemas.parking.ParkingVisit;
import io.plateflow.schemas.parking.VisitState;
import io.plateflow.schemas.parking.VisitUpdate;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.PassVehicle;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.rules.Rule;
import io.plateflow.schemas.rules.RuleAlert;
import io.plateflow.schemas.rules.RuleConditions;
import io.plateflow.schemas.rules.RuleEvaluation;
import io.plateflow.schemas.rules.RuleFacts;
import io.plateflow.schemas.rules.RuleTimes;
import io.plateflow.schemas.rules.RuleTrigger;
import io.plateflow.schemas.rules.Site;
import io.plateflow.schemas.status.StatusMatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
class RuleTablesITCase {

  private static final RuleConditions NONE = RuleConditions.NONE;
  private static final Rule TRUCKS =
      Rule.of("r1", "Trucks", RuleTrigger.PASS, NONE.withVehicleClasses(List.of("truck")));

  private PostgresConfig postgres;
  private Tables tables;

  @BeforeEach
  void open(PostgresConfig config) throws Exception {
    postgres = config;
    tables = new Tables(config);
  }

  @Test
  void keepsTheHighestVersionOfRulesAndSites() throws Exception {
    TestTable<Rule> rules = new TestTable<>(postgres, new RuleSink.Rows());
    rules.write(
        List.of(
            TRUCKS.withVersion(2).withTimes(new RuleTimes(3, "24h")),
            TRUCKS.withVersion(1),
            Rule.of("r2", "Disk", RuleTrigger.DISK_LOW, NONE).withLongerThan("5m")));
    rules.write(List.of(TRUCKS.withVersion(1).withRemoved(true)));
    assertThat(
            tables.rows(
                "SELECT rule_id, trigger, vehicle_classes, times, within, longer_than, removed,"
                    + " version FROM rules ORDER BY rule_id"))
        .containsExactly("r1|pass|{truck}|3|24h|null|f|2", "r2|disk_low|{}|null|null|5m|f|0");
    TestTable<Site> sites = new TestTable<>(postgres, new SiteSink.Rows());
    sites.write(List.of(site(3, 40), site(2, 30)));
    sites.write(List.of(site(1, 20)));
    assertThat(tables.rows("SELECT site_id, capacity, stay_limit, grace FROM sites"))
        .containsExactly("north|40|02:00:00|00:10:00");
  }

  @Test
  void alertsOfRulesStandBesideThoseOfListsWithOrWithoutAPass() throws Exception {
    TestTable<RuleAlert> alerts = new TestTable<>(postgres, new RuleAlertSink.Rows());
    RuleAlert seen =
        alert(TRUCKS, RuleAlert.Subject.of(pass("p1")), 0, Alert.State.PROVISIONAL, "");
    Rule down = Rule.of("down", "Down", RuleTrigger.CAMERA_DOWN, NONE);
    RuleFacts camera =
        RuleFacts.of(
            "cam-9@5", NOON, new Place("cam-9", "cam-9", GateType.PASSAGE, "UTC", "default"));
    alerts.write(
        List.of(
            alert(TRUCKS, RuleAlert.Subject.of(pass("p1")), 1, Alert.State.CONFIRMED, ""),
            seen,
            alert(down, RuleAlert.Subject.of(camera), 0, Alert.State.PROVISIONAL, "refused")));
    alerts.write(List.of(seen));
    assertThat(
            tables.rows(
                "SELECT alert_id, revision, state, pass_key, plate_text, listed_plate, rule_id,"
                    + " rule_name, detail, camera_id FROM alerts ORDER BY alert_id"))
        .containsExactly(
            "cam-9@5:down|0|provisional|null|null|null|down|Down|refused|cam-9",
            "p1:r1|1|confirmed|p1|B1234CD|null|r1|Trucks|null|cam-1");
    assertThat(tables.count("rejected_rows")).isZero();

    // They go with their pass, or with their age.
    TestTable.passes(postgres).write(List.of(pass("p1")));
    tables.execute("DELETE FROM detection_sessions");
    tables.execute("SELECT delete_expired_told(interval '1 day', '2026-11-22 12:00Z')");
    assertThat(tables.count("alerts")).isZero();
  }

  @Test
  void sitesShowHowFullTheyAreAndWhoStaysTooLong() throws Exception {
    new TestTable<>(postgres, new SiteSink.Rows()).write(List.of(site(1, 40)));
    new TestTable<>(postgres, new ParkingSink.Rows())
        .write(List.of(visit("v1", 131), visit("v2", 129), visit("v3", null)));
    assertThat(tables.rows("SELECT site, vehicles, capacity, free FROM site_occupancy"))
        .containsExactly("north|1|40|39");
    assertThat(
            tables.rows("SELECT visit_id, over, state FROM overstays WHERE exit_time IS NOT NULL"))
        .containsExactly("v1|00:11:00|closed");
  }

  @Test
  void aPreviewFindsInTheTablesWhatTheRuleWouldHaveFiredAt() throws Exception {
    List<VehiclePass> passes = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      PassPlate plate = i % 6 == 5 ? null : plate("B 1" + i % 4 + " CD");
      PassVehicle vehicle =
          i % 5 == 4 && plate != null ? null : i % 3 == 0 ? vehicle("truck") : car();
      StatusMatch match = plate != null && i % 4 == 1 ? blacklisted(plate.text()) : null;
      passes.add(
          pass(
              "p%02d".formatted(i),
              "cam-" + i % 2,
              "Gate " + i % 2,
              i % 2 == 0 ? GateType.ENTRY : GateType.EXIT,
              NOON.plusSeconds(i * 600L),
              vehicle,
              plate,
              match));
    }
    TestTable.passes(postgres).write(passes);
    Instant from = NOON.plus(Duration.ofHours(2));
    Instant until = NOON.plus(Duration.ofHours(9));

    for (Rule rule :
        List.of(
            TRUCKS,
            rule(NONE.withLists(List.of("blacklist"))),
            rule(NONE.withNotOnLists(List.of("*")).withGates(List.of("exit"))),
            rule(NONE.withPattern("B1?CD").withHours("15:00-18:30")),
            rule(NONE.withPlateColors(List.of("white")).withPlateTypes(List.of("private"))),
            rule(NONE.withDirections(List.of("towards")).withCameras(List.of("cam-1"))),
            rule(NONE.withSites(List.of("default"))).withTimes(new RuleTimes(3, "2h")),
            rule(NONE.withGates(List.of("entry"))).withTimes(new RuleTimes(2, "3h")))) {
      // As the job judges them, of all passes at once.
      RuleEvaluation evaluation = new RuleEvaluation(rule);
      List<RuleFacts> facts = passes.stream().map(RuleFacts::of).toList();
      List<String> expected =
          facts.stream()
              .filter(p -> !p.at().isBefore(from) && p.at().isBefore(until))
              .filter(
                  p ->
                      evaluation.fires(
                          p,
                          facts.stream()
                              .filter(other -> other.plateClass().equals(p.plateClass()))
                              .toList()))
              .map(RuleFacts::id)
              .toList();
      RulePreview.Result result = new RulePreview(postgres).run(rule, from, until);
      assertThat(expected).as("%s", rule).isNotEmpty().hasSizeLessThan(42);
      assertThat(result.passes()).extracting(RuleFacts::id).isEqualTo(expected);
      assertThat(result.lookedAt()).isEqualTo(42);
    }
    assertThatThrownBy(
            () ->
                new RulePreview(postgres)
                    .run(Rule.of("d", "D", RuleTrigger.DISK_LOW, NONE), from, until))
        .hasMessageStartingWith("trigger: found disk_low, expected pass");
  }

  private static Rule rule(RuleConditions conditions) {
    return Rule.of("r", "R", RuleTrigger.PASS, conditions);
  }

  private static Site site(long version, int capacity) {
    return new Site("north", "North", capacity, "2h", "10m", version, NOON, null, false);
  }

  private static RuleAlert alert(
      Rule rule, RuleAlert.Subject subject, int revision, Alert.State state, String detail) {
    return new RuleAlert(RuleAlert.Source.of(rule), subject, detail, revision, state, NOON);
  }

  private static VisitUpdate visit(String id, @Nullable Integer minutes) {
    Place place = new Place("cam-1", "Gate 1", GateType.ENTRY, "UTC", "north");
    GateEvent in = new GateEvent(id + "-in", "B1", NOON, place, false);
    GateEvent out =
        minutes == null
            ? null
            : new GateEvent(id + "-out", "B1", NOON.plusSeconds(60L * minutes), place, false);
    return VisitUpdate.of(
        new ParkingVisit(
            id,
            "north",
            out == null ? VisitState.OPEN : VisitState.CLOSED,
            in,
            out,
            out == null ? null : out.at(),
            "car",
            0,
            null));
  }
}
