package io.plateflow.connectors.postgres;

import static io.plateflow.clients.testing.TestPasses.NOON;
import static io.plateflow.clients.testing.TestPasses.alert;
import static io.plateflow.clients.testing.TestPasses.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.testing.EmbeddedServices;
import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.access.AccessDecision.Outcome;
import io.plateflow.schemas.access.AccessDecision.Reason;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListEntry;
import io.plateflow.schemas.lists.ListMeaning;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.PlateStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
class ListTablesITCase {

  private PostgresConfig postgres;
  private Tables tables;

  @BeforeEach
  void open(PostgresConfig config) throws Exception {
    postgres = config;
    tables = new Tables(config);
  }

  @Test
  void keepsTheHighestVersionOfListsAndEntries() throws Exception {
    TestTable<AccessList> lists = new TestTable<>(postgres, new AccessListSink.Rows());
    TestTable<ListEntry> entries = new TestTable<>(postgres, new ListEntrySink.Rows());
    entries.write(
        List.of(entry("e1", "B 12??", null, 2, false), entry("e1", "B1", null, 1, false)));
    assertThat(tables.rows("SELECT entry_id, state FROM list_entries_now"))
        .containsExactly("e1|no_list");

    lists.write(List.of(list("Staff", 5, false)));
    lists.write(List.of(list("Old", 4, false), list("Older", 3, true)));
    entries.write(
        List.of(
            entry("e2", "*XYZ", Instant.parse("2020-01-01T00:00:00Z"), 1, false),
            entry("e3", "B3", null, 1, true)));
    assertThat(tables.rows("SELECT DISTINCT unknown_cameras FROM list_entries_now"))
        .as("no catalogue was noted")
        .containsExactly("{}");
    tables.execute("SELECT record_camera_retention('[{\"camera_id\": \"cam-2\"}]')");
    assertThat(
            tables.rows(
                "SELECT entry_id, list_name, meaning, pattern, sites, unknown_cameras, state"
                    + " FROM list_entries_now ORDER BY entry_id"))
        .containsExactly(
            "e1|Staff|allow|B12??|{north}|{cam-1}|valid",
            "e2|Staff|allow|*XYZ|{north}|{cam-1}|expired");

    entries.write(List.of(entry("e1", "B1", null, 3, true)));
    lists.write(List.of(list("Staff", 6, true)));
    assertThat(tables.rows("SELECT entry_id, state FROM list_entries_now"))
        .containsExactly("e2|no_list");
  }

  @Test
  void theSimpleAccessListIsTwoOfTheLists() throws Exception {
    new TestTable<>(postgres, new PlateStatusSink.Rows())
        .write(List.of(new PlateStatus("B1234CD", PlateListType.BLACKLIST, 7, NOON)));
    assertThat(
            tables.rows(
                "SELECT entry_id, list_id, list_name, meaning, pattern, version"
                    + " FROM list_entries_now"))
        .containsExactly("B1234CD|blacklist|Blacklist|deny|B1234CD|7");
    // Nobody changes those through the topic of lists.
    new TestTable<>(postgres, new AccessListSink.Rows())
        .write(
            List.of(
                new AccessList(
                    "blacklist",
                    "X",
                    ListMeaning.ALLOW,
                    null,
                    null,
                    null,
                    null,
                    9,
                    NOON,
                    null,
                    true)));
    assertThat(tables.rows("SELECT name, removed FROM access_lists WHERE list_id = 'blacklist'"))
        .containsExactly("Blacklist|f");
  }

  @Test
  void keepsTheHighestRevisionOfAlertsAndDecisionsUntilTheirPassGoes() throws Exception {
    TestTable<Alert> alerts = new TestTable<>(postgres, new AlertSink.Rows());
    TestTable<AccessDecision> access = new TestTable<>(postgres, new AccessSink.Rows());
    Alert first = alert("p1", "B1234CD");
    Alert second =
        new Alert(
            1,
            Alert.State.CONFIRMED,
            first.match(),
            first.emittedAt().plusSeconds(1),
            first.pass(),
            first.matches());
    alerts.write(List.of(second, first));
    alerts.write(List.of(first));
    access.write(List.of(decision(0, Outcome.UNKNOWN, Reason.NOT_LISTED)));
    access.write(List.of(decision(1, Outcome.GRANTED, Reason.LISTED)));
    access.write(List.of(decision(0, Outcome.UNKNOWN, Reason.NOT_LISTED)));

    assertThat(
            tables.rows(
                "SELECT alert_id, revision, state, plate_text, status, matches -> 0 ->> 'meaning',"
                    + " emitted_at - raised_at FROM alerts"))
        .containsExactly("p1|1|confirmed|B1234CD|blacklist|deny|00:00:01");
    assertThat(
            tables.rows(
                "SELECT access_id, revision, outcome, reason, gate, permit_only FROM access_events"))
        .containsExactly("p1|1|granted|listed|entry|f");

    TestTable.passes(postgres).write(List.of(pass("p1"), pass("p2")));
    tables.execute("DELETE FROM detection_sessions WHERE pass_key = 'p1'");
    assertThat(tables.count("alerts")).isZero();
    assertThat(tables.count("access_events")).isZero();

    // An alert of a pass that was never written goes when a pass of its age would.
    alerts.write(List.of(alert("p9", "B9")));
    tables.execute("SELECT delete_expired_told(interval '1 day', '2026-11-20 12:00Z')");
    assertThat(tables.count("alerts")).isOne();
    tables.execute("SELECT delete_expired_told(interval '0', '2030-11-20 12:00Z')");
    assertThat(tables.count("alerts")).isOne();
    tables.execute("SELECT delete_expired_told(interval '1 day', '2026-11-22 12:00Z')");
    assertThat(tables.count("alerts")).isZero();

    // A replay does not bring back what was deleted for its age.
    tables.execute("INSERT INTO expired_passes (pass_key) VALUES ('p1')");
    alerts.write(List.of(first));
    access.write(List.of(decision(0, Outcome.UNKNOWN, Reason.NOT_LISTED)));
    assertThat(tables.count("alerts")).isZero();
    assertThat(tables.count("access_events")).isZero();
  }

  private static AccessDecision decision(int revision, Outcome outcome, Reason reason) {
    return new AccessDecision(revision, outcome, reason, NOON, NOON, pass("p1"));
  }

  private static AccessList list(String name, long version, boolean removed) {
    return new AccessList(
        "staff", name, ListMeaning.ALLOW, "#00ff00", 0.3, 3, 0.9, version, NOON, "me", removed);
  }

  private static ListEntry entry(
      String id, String pattern, @Nullable Instant until, long version, boolean removed) {
    return new ListEntry(
        id,
        "staff",
        pattern,
        false,
        "A. Holder",
        "blue van",
        List.of("north"),
        List.of("cam-1"),
        "Mo-Fr 07:00-18:00",
        null,
        until,
        version,
        NOON,
        null,
        removed);
  }
}
