package io.plateflow.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.clients.config.ConfigException;
import io.plateflow.clients.config.ConfigFile;
import io.plateflow.clients.evidence.EvidenceConfig;
import io.plateflow.clients.evidence.PrivacyConfig;
import io.plateflow.clients.retention.RetentionConfig;
import io.plateflow.jobs.parking.ParkingConfig;
import io.plateflow.jobs.pass.AlertConfig;
import io.plateflow.jobs.reading.ReadingConfig;
import io.plateflow.jobs.reads.ReadSourceConfig;
import io.plateflow.jobs.reads.ReadsConfig;
import io.plateflow.jobs.track.TrackingConfig;
import io.plateflow.models.engine.DetectionConfig;
import io.plateflow.models.gemini.GeminiKey;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.config.SpaceAmount;
import io.plateflow.schemas.event.EventEncoding;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.junit.jupiter.api.Test;

class JobConfigTest {

  @Test
  void defaults() {
    JobConfig config = parse("cameras: []");
    assertThat(config.detection()).isEqualTo(DetectionConfig.DEFAULT);
    assertThat(config.tracking()).isEqualTo(TrackingConfig.DEFAULT);
    assertThat(config.motion().enabled()).isTrue();
    assertThat(config.reading().readers()).isEqualTo(ReadingConfig.Readers.LADDER);
    assertThat(config.evidence()).isEqualTo(EvidenceConfig.DEFAULT);
    assertThat(config.retention()).isEqualTo(RetentionConfig.DEFAULT);
    assertThat(config.privacy()).isEqualTo(new PrivacyConfig(false, false));
    assertThat(config.retention().keepByDefault()).as("kept for ever").isNull();
    assertThat(config.parking()).isEqualTo(ParkingConfig.DEFAULT);
    assertThat(config.postgres().jdbcUrl()).isNull();
    assertThat(config.kafka().bootstrapServers()).isNull();
    assertThat(config.delivery()).isEqualTo(DeliveryGuarantee.AT_LEAST_ONCE);
    assertThat(config.execution().checkpointInterval()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void sourcesOfReadsStandForGates() {
    JobConfig config =
        parse(
            """
            cameras: []
            reads:
              merge-within: 8s
              remember: 31d
              sources:
                - {name: anpr-1, location: North, gate: entry, permit-only: true, site: garage,
                   timezone: Asia/Jakarta}
                - {name: desk}
            """);
    assertThat(config.reads())
        .isEqualTo(
            new ReadsConfig(
                Duration.ofSeconds(8),
                Duration.ofDays(31),
                List.of(
                    new ReadSourceConfig(
                        "anpr-1",
                        "North",
                        GateType.ENTRY,
                        true,
                        "garage",
                        ZoneId.of("Asia/Jakarta")),
                    new ReadSourceConfig(
                        "desk", null, GateType.PASSAGE, false, "default", ZoneOffset.UTC))));
    assertThatThrownBy(
            () ->
                parse(
                    """
                    cameras: []
                    reads: {sources: [{name: a/b}, {gate: exit}, {name: c, permit-only: true}]}
                    """))
        .hasMessageContaining("reads.sources[0].name")
        .hasMessageContaining("reads.sources[1].name")
        .hasMessageContaining("reads.sources[2].permit-only");
    assertThatThrownBy(
            () ->
                parse(
                    """
                    cameras: []
                    reads: {sources: [{name: a}, {name: a}]}
                    """))
        .hasMessageContaining("found 'a' twice");
  }

  @Test
  void mapsEveryKey() {
    JobConfig config =
        parse(
            """
            cameras:
              - id: gate-1
                uri: rtsp://10.0.0.4/stream
                gate: entry
            detection:
              vehicle-model: /models/yolo11n.onnx
              vehicle-confidence: 0.4
              device: cpu
            motion:
              enabled: false
              refresh: 2s
            tracking:
              max-missing: 3s
              min-frames: 5
              min-vehicle-score: 0.7
            reading:
              readers: local
              max-reads: 20
              interval: 1s
              growth: 2
              settled-reads: 6
            alerts:
              min-reads: 3
              min-score: 0.7
              tolerance: 1
            parking:
              same-gate-within: 30s
              longest-stay: 7d
              settle-after: 1h
              tolerance: 0.9
            evidence:
              directory: s3://bucket/evidence
              frames: false
              plate-padding: 40
              writers: 8
              queue-size: 200
            retention:
              default: 90d
              interval: 1h
              batch-size: 50
              keep-free: 10GB
            privacy:
              hash-plates: true
              blur: true
            postgres:
              url: jdbc:postgresql://db:5432/plateflow
              user: plateflow
              password: ${DB_PASSWORD}
              batch-size: 50
            kafka:
              bootstrap-servers: kafka:9092
              encoding: json
              delivery: exactly-once
              properties:
                security.protocol: SSL
            job:
              parallelism: 4
              max-parallelism: 256
              frames-in-flight: 8
              checkpoint-interval: 30s
              checkpoint-directory: s3://bucket/checkpoints
            """);
    assertThat(config.cameras().load()).extracting("id").containsExactly("gate-1");
    assertThat(config.detection().models().vehicleModel()).isEqualTo("/models/yolo11n.onnx");
    assertThat(config.detection().thresholds().vehicleConfidence()).isEqualTo(0.4);
    assertThat(config.motion().enabled()).isFalse();
    assertThat(config.motion().motion().refresh()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.tracking().maxMissing()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.tracking().minVehicleScore()).isEqualTo(0.7);
    assertThat(config.alerts()).isEqualTo(new AlertConfig(3, 0.7, 1));
    assertThat(config.reading().repeats().settledReads()).isEqualTo(6);
    assertThat(config.reading().readers()).isEqualTo(ReadingConfig.Readers.LOCAL);
    assertThat(config.parking())
        .isEqualTo(
            new ParkingConfig(
                Duration.ofSeconds(30), Duration.ofDays(7), Duration.ofHours(1), 0.9));
    assertThat(config.evidence())
        .isEqualTo(new EvidenceConfig("s3://bucket/evidence", false, 40, 8, 200));
    assertThat(config.privacy()).isEqualTo(new PrivacyConfig(true, true));
    assertThat(config.retention())
        .isEqualTo(
            new RetentionConfig(
                Duration.ofDays(90), Duration.ofHours(1), 50, SpaceAmount.parse("10GB")));
    assertThat(config.postgres().password()).isEqualTo("secret");
    assertThat(config.postgres().toString()).doesNotContain("secret");
    assertThat(config.kafka().encoding()).isEqualTo(EventEncoding.JSON);
    assertThat(config.kafka().properties()).containsEntry("security.protocol", "SSL");
    assertThat(config.delivery()).isEqualTo(DeliveryGuarantee.EXACTLY_ONCE);
    assertThat(config.execution())
        .isEqualTo(
            new ExecutionConfig(4, 256, 8, Duration.ofSeconds(30), "s3://bucket/checkpoints"));
  }

  @Test
  void namesEveryProblemAtOnceWithTheNearestKey() {
    assertThatThrownBy(
            () ->
                parse(
                    """
                    cameras:
                      - id: gate-1
                        uri: rtsp://10.0.0.4/stream
                      - id: gate-1
                        uri: rtsp://10.0.0.5/stream
                    detection:
                      vehicle-confidense: 0.4
                      plate-confidence: 1.4
                      plate-padding: 4
                    alerts:
                      tolerance: many
                    evidence:
                      writers: 0
                      queue-sise: 10
                    retention:
                      default: 3 months
                      keep-free: plenty
                    privacy:
                      hash-plates: all
                      key: secret
                    kafka:
                      encoding: xml
                    parking:
                      longest-stay: 0s
                    trackin: {}
                    """))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("gate-1")
        .hasMessageContaining("did you mean detection.vehicle-confidence?")
        .hasMessageContaining("detection.plate-confidence: found 1.4, expected 0 to 1")
        .hasMessageContaining(
            "detection.plate-padding: unknown key, did you mean evidence.plate-padding?")
        .hasMessageContaining("alerts.tolerance: found 'many', expected a number")
        .hasMessageContaining("evidence.writers: found 0, expected 1 to 64")
        .hasMessageContaining("did you mean evidence.queue-size?")
        .hasMessageContaining("privacy.hash-plates: found 'all', expected true or false")
        .hasMessageContaining("privacy.key: unknown key")
        .hasMessageContaining("retention.default: found '3 months', expected a duration")
        .hasMessageContaining(
            "retention.keep-free: found 'plenty', expected a size such as 500MB, 10GB or 1TB, or a"
                + " share up to 90%")
        .hasMessageContaining("kafka.encoding: found 'xml'")
        .hasMessageContaining("parking.longest-stay: found '0s', expected 1m to 365d")
        .hasMessageContaining("did you mean tracking?");
  }

  @Test
  void camerasMustBeNamedOnceAndInOnePlace() {
    assertThatThrownBy(() -> parse("motion: {}")).hasMessageContaining("cameras: is missing");
    assertThatThrownBy(() -> parse("cameras: []\ncameras-file: cameras.yml"))
        .hasMessageContaining("expected one of the two");
  }

  @Test
  void geminisProblemsStandUnderTheirOwnKeys() {
    assertThatThrownBy(
            () ->
                parse(
                    """
                    cameras: []
                    gemini:
                      model: no model
                      base-url: https://me:hunter2@proxy.example
                      api-key: ${DB_PASSWORD} and more
                      tokens-per-minute: 10000
                      dollars-per-day: 0.001
                      dollars-per-million-output-tokens: 10
                      max-waiting: 4
                    """))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .satisfiesExactlyInAnyOrder(
                        p ->
                            assertThat(p)
                                .isEqualTo(
                                    "gemini.model: found 'no model', expected a model's name"),
                        p ->
                            assertThat(p)
                                .startsWith("gemini.base-url: found a value that is not shown"),
                        p ->
                            assertThat(p)
                                .startsWith("gemini.api-key: Gemini API key: found 15 characters"),
                        p ->
                            assertThat(p)
                                .startsWith("gemini.tokens-per-minute: found 10000, expected"),
                        p ->
                            assertThat(p)
                                .startsWith("gemini.dollars-per-day: found 0.001, expected"),
                        p -> assertThat(p).startsWith("gemini.max-waiting: unknown key")))
        .hasMessageNotContaining("hunter2")
        .hasMessageNotContaining("secret");
  }

  @Test
  void theKeyOfGeminiComesFromTheFileOrElseFromTheEnvironment() {
    Map<String, String> environment = Map.of("GOOGLE_API_KEY", "from-the-environment");
    assertThat(parse("cameras: []", environment).gemini().endpoint().key())
        .isEqualTo(GeminiKey.of("from-the-environment"));
    assertThat(
            parse("{cameras: [], gemini: {api-key: of-the-file}}", environment)
                .gemini()
                .endpoint()
                .key())
        .isEqualTo(GeminiKey.of("of-the-file"));
    assertThatThrownBy(() -> parse("cameras: []", Map.of("GEMINI_API_KEY", "two words")))
        .hasMessageContaining("gemini.api-key: in the environment")
        .hasMessageNotContaining("two words");
  }

  @Test
  void aSectionWithoutAnAddressKeepsItsSettings() {
    JobConfig config =
        parse("{cameras: [], kafka: {encoding: json}, postgres: {batch-size: 7, retry-for: 9s}}");
    assertThat(config.kafka().at("broker:9092").encoding()).isEqualTo(EventEncoding.JSON);
    assertThat(config.postgres().batchSize()).isEqualTo(7);
    assertThat(config.postgres().retryFor()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void camerasAndLimitsOfThePolicyAreNamedByTheirPath() {
    assertThatThrownBy(
            () ->
                parse("{cameras: [], reading: {camera-policies: {gate-1: sometimes}, growth: 0}}"))
        .hasMessageContaining("reading.camera-policies.gate-1: found 'sometimes', expected one of")
        .hasMessageContaining("reading.growth: found 0, expected 1 to 100");
  }

  private static JobConfig parse(String yaml) {
    return parse(yaml, Map.of("DB_PASSWORD", "secret"));
  }

  private static JobConfig parse(String yaml, Map<String, String> environment) {
    return JobFile.settings(
        ConfigFile.parse(yaml, "test.yml", environment::get), Path.of("").toAbsolutePath());
  }
}
