package io.plateflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plateflow.clients.corrections.CorrectionProducer;
import io.plateflow.clients.embedded.EmbeddedKafkaBroker;
import io.plateflow.clients.embedded.EmbeddedPostgresServer;
import io.plateflow.clients.kafka.TopicCreation;
import io.plateflow.clients.lists.ListProducer;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.rules.RulePreview;
import io.plateflow.clients.rules.RuleProducer;
import io.plateflow.jobs.config.JobConfig;
import io.plateflow.schemas.avro.AlertEvent;
import io.plateflow.schemas.corrections.Correction;
import io.plateflow.schemas.corrections.CorrectionKind;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.Topics;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListEntry;
import io.plateflow.schemas.lists.ListMeaning;
import io.plateflow.schemas.rules.Rule;
import io.plateflow.schemas.rules.RuleConditions;
import io.plateflow.schemas.rules.RuleTimes;
import io.plateflow.schemas.rules.RuleTrigger;
import io.plateflow.schemas.rules.Site;
import io.plateflow.schemas.status.PlateListType;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole house on the bundled clip: real models, Postgres, Kafka and Flink. */
class StandaloneITCase {

  private static final Path DEMO = Path.of("demo").toAbsolutePath();
  private static final String LISTED = "B1876KJR";

  private static final Rule STRANGERS =
      Rule.of(
          "strangers",
          "Strangers at the entry",
          RuleTrigger.PASS,
          RuleConditions.NONE
              .withNotOnLists(List.of(RuleConditions.ANY_LIST))
              .withGates(List.of("entry")));
  private static final Rule TWICE =
      Rule.of(
              "twice",
              "Twice within an hour",
              RuleTrigger.PASS,
              RuleConditions.NONE.withSites(List.of("default")))
          .withTimes(new RuleTimes(2, "1h"));

  @TempDir Path folder;

  /** Names and labels of the metrics that the last run showed. */
  private Set<String> scraped;

  @Test
  void readsTheClipAlertsAndASecondRunAddsNoRow() throws Exception {
    writeLists();
    writeRules();
    JsonNode first = run();
    List<String> passes = passes();
    assertThat(first.required("frames").asLong()).isGreaterThan(100);
    assertThat(first.required("passes").asLong()).isEqualTo(passes.size());
    assertThat(first.required("alerts").asLong()).isPositive();
    assertThat(first.required("rejected").asLong()).isZero();
    assertThat(passes).anyMatch(row -> row.contains(LISTED) && row.contains("blacklist"));
    assertThat(alertedPlates()).contains(LISTED);
    assertThat(statistics()).isEqualTo(passes.size());
    List<String> access = access();
    // A gate is told of every vehicle whose plate was read.
    assertThat(access)
        .hasSize(Integer.parseInt(query("SELECT count(plate_text) FROM plates").get(0)))
        .allSatisfy(StandaloneITCase::assertAccess);
    assertThat(access)
        .contains(
            "entry|B1876KJR|denied|deny_list",
            "entry|CD4712|denied|deny_list",
            "entry|F1093PX|granted|listed",
            "entry|D3582AHU|granted|listed",
            "exit|D3582AHU|unknown|not_listed");
    List<String> visits = visits();
    assertThat(visits).anyMatch(row -> row.startsWith("closed|B1876KJR|Gate 1|Gate 2|00:2"));
    assertMetrics();
    List<String> ruleAlerts = ruleAlerts();
    assertRules(ruleAlerts, visits);

    Map<String, String> before = entries();
    writeCorrections(before);
    JsonNode second = run();
    assertCorrected(before, passes.size());
    passes = passes();
    access = access();
    visits = visits();
    List<String> alerts = alerts();
    List<String> told = statisticsByGroup();
    ruleAlerts = ruleAlerts();

    // Neither reading the films once more nor starting without any state undoes it.
    JsonNode third = run();
    // The alert that a correction raised is raised once: by the tables, or by the film.
    assertThat(third.required("rejected")).isEqualTo(second.required("rejected"));
    assertThat(third.required("passes")).isEqualTo(second.required("passes"));
    assertThat(passes()).containsExactlyElementsOf(passes);
    assertThat(access()).isEqualTo(access);
    assertThat(visits()).isEqualTo(visits);
    assertThat(alerts()).isEqualTo(alerts);
    assertThat(statisticsByGroup()).isEqualTo(told);
    assertThat(ruleAlerts()).isEqualTo(ruleAlerts);
  }

  /** A minute, an hour and two days after the passes, which the tables have by then. */
  private void writeCorrections(Map<String, String> passes) throws Exception {
    Instant entered = Instant.parse("2026-08-17T00:00:00Z");
    try (EmbeddedKafkaBroker broker = EmbeddedKafkaBroker.start(0, folder.resolve("data/kafka"));
        CorrectionProducer corrections = new CorrectionProducer(broker.config())) {
      corrections.put(plate("c1", passes.get(LISTED), "B 9999 ZZ", entered.plusSeconds(3600)));
      corrections.put(plate("c2", passes.get("F1093PX"), LISTED, entered.plusSeconds(90)));
      corrections.put(plate("c3", passes.get("D3582AHU"), LISTED, entered.plusSeconds(172_800)));
      corrections.put(
          correction("c4", CorrectionKind.DELETE, passes.get("CD4712"), entered.plusSeconds(3600)));
      corrections.put(
          correction("c5", CorrectionKind.ERASE, passes.get("L6340GQ"), entered.plusSeconds(3600)));
      corrections.put(plate("c6", "a-pass-that-never-was", "B1", entered.plusSeconds(3600)));
    }
  }

  private void assertCorrected(Map<String, String> passes, int before) throws Exception {
    assertThat(entries())
        .containsEntry("B9999ZZ", passes.get(LISTED))
        .doesNotContainKeys("F1093PX", "CD4712", "L6340GQ");
    assertThat(
            query(
                """
                SELECT concat_ws('|', plate_text, read_text, plate_status, corrected_by)
                FROM passes_flat WHERE corrected_at IS NOT NULL ORDER BY read_text
                """))
        .containsExactly(
            "B9999ZZ|B1876KJR|unclassified|ana",
            "B1876KJR|D3582AHU|blacklist|ana",
            "B1876KJR|F1093PX|blacklist|ana");
    // Told within five minutes it raises an alert; later it only takes back what was told.
    assertThat(
            query(
                """
                SELECT concat_ws('|', coalesce(plate_text, '-'), state) FROM alerts
                WHERE gate = 'entry' AND listed_plate = 'B1876KJR' AND rule_id IS NULL ORDER BY 1
                """))
        .containsExactly("B1876KJR|confirmed", "B9999ZZ|withdrawn");
    assertThat(
            query(
                """
                SELECT concat_ws('|', state, plate_text) FROM parking_sessions
                WHERE plate_text IN ('B1876KJR', 'B9999ZZ') ORDER BY 1
                """))
        .contains("open|B9999ZZ")
        .doesNotContain("open|F1093PX");
    assertThat(query("SELECT correction_id FROM corrections WHERE applied_at IS NULL"))
        .containsExactly("c6");
    assertThat(statistics()).isEqualTo(before - 1);
    assertThat(query("SELECT count(*) FROM detection_sessions"))
        .containsExactly(String.valueOf(before - 2));
  }

  private static Correction plate(String id, String passId, String plate, Instant at) {
    return new Correction(
        id,
        CorrectionKind.PLATE,
        passId,
        null,
        plate,
        null,
        null,
        null,
        null,
        null,
        at,
        "ana",
        false);
  }

  private static Correction correction(String id, CorrectionKind kind, String passId, Instant at) {
    return new Correction(
        id, kind, passId, null, null, null, null, null, null, null, at, "ana", false);
  }

  /** Ids of the passes at the entry by their plates. */
  private Map<String, String> entries() throws Exception {
    Map<String, String> entries = new HashMap<>();
    for (String row :
        query(
            """
            SELECT plate_text || '|' || pass_key FROM passes_flat
            WHERE location_type = 'Entry' AND plate_text IS NOT NULL
            """)) {
      entries.put(row.substring(0, row.indexOf('|')), row.substring(row.indexOf('|') + 1));
    }
    return entries;
  }

  private List<String> alerts() throws Exception {
    return query(
        "SELECT concat_ws('|', alert_id, revision, state, plate_text) FROM alerts ORDER BY 1");
  }

  private List<String> statisticsByGroup() throws Exception {
    return query("SELECT to_jsonb(s) FROM pass_statistics_hourly s ORDER BY 1");
  }

  private void assertMetrics() {
    for (String metric :
        List.of(
            "camera_frames{camera=\"entry\"",
            "camera_decodeMillis{camera=\"entry\"",
            "camera_lagMillis{camera=\"entry\"",
            "camera_framesWaiting{camera=\"entry\"",
            "camera_reason_dropped{camera=\"entry\",reason=\"rateCap\"",
            "camera_framesIn{camera=\"entry\"",
            "detectMillis{quantile=\"0.99\"",
            "batchSize{",
            "framesInFlight{",
            "camera_reader_reads{camera=\"entry\",reader=\"local\"",
            "readMillis{",
            "camera_plate_passes{camera=\"entry\",plate=\"read\"",
            "camera_state_alerts{camera=\"entry\",state=\"provisional\"",
            "captureToPassMillis_count{",
            "captureToAlertMillis_count{",
            "captureToAccessMillis_count{",
            "evidenceWritten{",
            "evidenceWaiting{")) {
      String name = metric.substring(0, metric.indexOf('{') + 1);
      String[] labels = metric.substring(name.length()).split(",");
      assertThat(scraped).anySatisfy(line -> assertThat(line).startsWith(name).contains(labels));
    }
  }

  /** One finite run over both clips at three frames a second; the last line is its totals. */
  private JsonNode run() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("plateflow.yml"),
            """
            cameras:
              - id: entry
                uri: %s
                location: Gate 1
                gate: entry
                timezone: Asia/Jakarta
                max-frame-rate: 3
                recorded-at: 2026-08-17T07:00:00+07:00
                regions: [id]
              - id: exit
                uri: %s
                location: Gate 2
                gate: exit
                timezone: Asia/Jakarta
                max-frame-rate: 3
                recorded-at: 2026-08-17T07:20:00+07:00
                regions: [id]
            evidence:
              frames: false
            """
                .formatted(DEMO.resolve("gate-entry.mp4"), DEMO.resolve("gate-exit.mp4")));
    JobConfig job = JobConfig.read(config);
    StandaloneOptions options =
        new StandaloneOptions(
            job.withSource(job.source().withFinite(true)),
            false,
            Map.of(LISTED, PlateListType.BLACKLIST),
            true,
            folder.resolve("data"),
            0,
            0,
            0,
            0);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    try (MetricsScrape scrape = new MetricsScrape(() -> printed.toString(StandardCharsets.UTF_8));
        Standalone standalone = new Standalone(options, new Console(out, options.zones()))) {
      scraped = scrape.series();
      assertThat(standalone.run()).isZero();
    }
    String[] lines = printed.toString(StandardCharsets.UTF_8).strip().split("\n");
    assertThat(lines).anyMatch(line -> line.contains("(./scripts/psql opens it)"));
    return new ObjectMapper().readTree(lines[lines.length - 1]);
  }

  private List<String> passes() throws Exception {
    return query(
        """
        SELECT concat_ws('|', s.id, s.detection_id, v.id, v.vehicle_class, p.id, p.plate_text,
                         p.plate_status, s.location_id)
        FROM detection_sessions s
        LEFT JOIN vehicles v ON v.session_id = s.id
        LEFT JOIN plates p ON p.session_id = s.id
        ORDER BY s.id
        """);
  }

  /**
   * A permit for one gate, for a pattern, one that has ended and one that ends between the films.
   */
  private void writeLists() throws Exception {
    Instant entered = Instant.parse("2026-08-17T00:00:00Z");
    try (EmbeddedKafkaBroker broker = EmbeddedKafkaBroker.start(0, folder.resolve("data/kafka"))) {
      TopicCreation.createMissing(broker.config());
      try (ListProducer lists = new ListProducer(broker.config())) {
        lists.put(list("permits", ListMeaning.ALLOW));
        lists.put(list("banned", ListMeaning.DENY));
        lists.put(
            List.of(
                entry("e1", "permits", "F 1093 PX", List.of("entry"), null),
                entry("e2", "permits", "L 6340*", List.of(), null),
                entry("e3", "permits", "B 7068 VDA", List.of(), entered),
                entry("e4", "permits", "D 3582 AHU", List.of(), entered.plusSeconds(600)),
                entry("e5", "banned", "CD 47 12", List.of(), null)));
      }
    }
  }

  /**
   * Strangers at the entry, plates that come twice, vehicles that stay, and trouble that is none.
   */
  private void writeRules() throws Exception {
    try (EmbeddedKafkaBroker broker = EmbeddedKafkaBroker.start(0, folder.resolve("data/kafka"));
        RuleProducer rules = new RuleProducer(broker.config())) {
      rules.put(STRANGERS);
      rules.put(TWICE);
      rules.put(Rule.of("stays", "Stays", RuleTrigger.OVERSTAY, RuleConditions.NONE));
      rules.put(Rule.of("down", "Down", RuleTrigger.CAMERA_DOWN, RuleConditions.NONE));
      rules.put(new Site("default", "Demo", 40, "10m", "5m", 1, Instant.EPOCH, null, false));
    }
  }

  private List<String> ruleAlerts() throws Exception {
    return query(
        """
        SELECT concat_ws('|', rule_id, alert_id, state, plate_text, status, gate, captured_at)
        FROM alerts
        WHERE rule_id IS NOT NULL
        ORDER BY alert_id
        """);
  }

  /** The job and the tables say the same of them. */
  private void assertRules(List<String> alerts, List<String> visits) throws Exception {
    assertThat(alerts).allMatch(row -> row.contains("|confirmed|"));
    assertThat(
            Stream.of("strangers", "twice", "stays", "down")
                .map(rule -> rule + " " + ofRule(alerts, rule).size()))
        .containsExactly("strangers 7", "twice 7", "stays 7", "down 0");
    assertThat(ofRule(alerts, "strangers")).isEqualTo(preview(STRANGERS));
    assertThat(ofRule(alerts, "twice")).isEqualTo(preview(TWICE));
    assertThat(visits.stream().filter(row -> row.startsWith("closed|"))).hasSize(7);
  }

  private static List<String> ofRule(List<String> alerts, String rule) {
    return alerts.stream()
        .map(row -> row.split("\\|"))
        .filter(row -> row[0].equals(rule))
        .map(row -> row[1])
        .toList();
  }

  private List<String> preview(Rule rule) throws Exception {
    try (EmbeddedPostgresServer server =
        EmbeddedPostgresServer.start(0, folder.resolve("data/postgres"))) {
      Instant from = Instant.parse("2026-08-16T00:00:00Z");
      return new RulePreview(server.config())
          .run(rule, from, from.plus(Duration.ofDays(7))).passes().stream()
              .map(pass -> pass.id() + ":" + rule.ruleId())
              .sorted()
              .toList();
    }
  }

  private static AccessList list(String id, ListMeaning meaning) {
    return new AccessList(id, id, meaning, null, null, null, null, 1, Instant.EPOCH, null, false);
  }

  private static ListEntry entry(
      String id, String list, String pattern, List<String> cameras, Instant until) {
    return new ListEntry(
        id,
        list,
        pattern,
        false,
        null,
        null,
        List.of(),
        cameras,
        null,
        null,
        until,
        1,
        Instant.EPOCH,
        null,
        false);
  }

  /** What the lists say of the plate that was read. */
  private static void assertAccess(String row) {
    String[] told = row.split("\\|");
    String place = told[0] + " " + told[1];
    boolean granted = Set.of("entry F1093PX", "entry L6340GQ", "entry D3582AHU").contains(place);
    boolean denied = Set.of(LISTED, "CD4712").contains(told[1]);
    assertThat(told[2]).as(row).isEqualTo(granted ? "granted" : denied ? "denied" : "unknown");
  }

  private List<String> access() throws Exception {
    return query(
        """
        SELECT concat_ws('|', gate, plate_text, outcome, reason)
        FROM access_events
        WHERE outcome <> 'unread'
        ORDER BY access_id
        """);
  }

  private List<String> visits() throws Exception {
    return query(
        """
        SELECT concat_ws('|', state, plate_text, entry_location, exit_location, duration, visit_id)
        FROM parking_sessions
        ORDER BY visit_id
        """);
  }

  private long statistics() throws Exception {
    return Long.parseLong(
        query("SELECT coalesce(sum(passes), 0)::bigint FROM pass_statistics_daily").get(0));
  }

  private List<String> query(String sql) throws Exception {
    try (EmbeddedPostgresServer server =
        EmbeddedPostgresServer.start(0, folder.resolve("data/postgres"))) {
      PostgresConfig place = server.config();
      try (Connection connection =
              DriverManager.getConnection(place.jdbcUrl(), place.user(), place.password());
          ResultSet rows = connection.createStatement().executeQuery(sql)) {
        List<String> out = new ArrayList<>();
        while (rows.next()) {
          out.add(rows.getString(1));
        }
        return out;
      }
    }
  }

  private List<String> alertedPlates() throws Exception {
    EventCodec<AlertEvent> codec = EventCodec.of(AlertEvent.class);
    List<String> plates = new ArrayList<>();
    try (EmbeddedKafkaBroker broker = EmbeddedKafkaBroker.start(0, folder.resolve("data/kafka"));
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.config().bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
      TopicPartition alerts = new TopicPartition(Topics.ALERTS, 0);
      consumer.assign(List.of(alerts));
      consumer.seekToBeginning(List.of(alerts));
      long end = consumer.endOffsets(List.of(alerts)).get(alerts);
      while (consumer.position(alerts) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          plates.add(codec.decode(record.value()).getPlate());
        }
      }
    }
    return plates;
  }
}
