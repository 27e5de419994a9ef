package io.plateflow.clients.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.plateflow.schemas.config.Consistent;
import io.plateflow.schemas.config.CrossChecked;
import io.plateflow.schemas.config.DurationRange;
import io.plateflow.schemas.config.Secret;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigFileTest {

  private enum Delivery {
    AT_LEAST_ONCE,
    EXACTLY_ONCE
  }

  private record Limits(@Min(1) @Max(9) int perMinute, @JsonIgnore int perProcess) {}

  @Consistent
  private record Pairing(
      @DecimalMin("0") @DecimalMax("1") double minOverlap,
      @DurationRange(min = "1ms", max = "1s") Duration window,
      @Min(0) @Max(10) int k,
      @JsonUnwrapped Limits limits)
      implements CrossChecked {

    @Override
    public void crossCheck(Problems problems) {
      if (limits.perMinute < k) {
        problems.add(
            "limits.perMinute", "found %d, expected k or more".formatted(limits.perMinute));
      }
    }
  }

  private record Camera(@NotBlank String id, @Unfilled @Secret String uri) {
    static final Camera DEFAULT = new Camera(null, "none");
  }

  private record Settings(
      String name,
      long big,
      @JsonProperty("on") boolean enabled,
      Delivery delivery,
      List<String> regions,
      Map<String, String> properties,
      ZoneId timezone,
      Instant recordedAt,
      @Secret String password,
      @Min(1) @Max(9) Integer replication,
      Pairing pairing,
      List<Camera> cameras) {

    static final Settings DEFAULT =
        new Settings(
            null,
            1,
            true,
            Delivery.EXACTLY_ONCE,
            List.of(),
            Map.of(),
            ZoneOffset.UTC,
            null,
            null,
            null,
            new Pairing(0.25, Duration.ofMillis(200), 2, new Limits(3, 4)),
            List.of());
  }

  @Test
  void defaultsHoldForAnEmptyFile() {
    assertThat(bound("")).isEqualTo(Settings.DEFAULT);
    assertThat(bound("{name: , pairing: }")).isEqualTo(Settings.DEFAULT);
  }

  @Test
  void readsEveryShape() {
    assertThat(
            bound(
                """
                name: gate ${SITE}
                big: 9000000000
                on: no
                delivery: at-least-once
                regions: [id, no]
                properties: {a.b: 5, c: "${SITE}"}
                timezone: Asia/Jakarta
                recorded-at: 2026-03-01T08:00:00+07:00
                password: ${SITE}
                replication: 3
                pairing:
                  min-overlap: 0.3
                  window: 1s
                  per-minute: 5
                cameras:
                  - {id: a, uri: "x${SITE}"}
                  - id: b
                """))
        .isEqualTo(
            new Settings(
                "gate north",
                9_000_000_000L,
                false,
                Delivery.AT_LEAST_ONCE,
                List.of("id", "no"),
                Map.of("a.b", "5", "c", "north"),
                ZoneId.of("Asia/Jakarta"),
                Instant.parse("2026-03-01T01:00:00Z"),
                "north",
                3,
                new Pairing(0.3, Duration.ofSeconds(1), 2, new Limits(5, 4)),
                List.of(new Camera("a", "x${SITE}"), new Camera("b", "none"))));
  }

  @Test
  void namesEveryProblemAtOnce() {
    ConfigException thrown =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                bound(
                    """
                    pairing:
                      min-overlp: 0.3
                      window: 5
                      k: 12
                      per-process: 9
                      password: hunter2
                    cameras:
                      - {urii: x}
                      - text
                    name: ${NOT_SET}
                    colour: red
                    replication: 9000000000
                    """));
    assertThat(thrown.problems())
        .containsExactlyInAnyOrder(
            "pairing.window: found '5', expected a duration such as 1500ms, 2s, 5m, 1h or 7d",
            "pairing.k: found 12, expected 0 to 10",
            "pairing.min-overlp: unknown key, did you mean pairing.min-overlap?",
            "pairing.per-process: unknown key",
            "pairing.password: unknown key, did you mean password?",
            "cameras[1]: found 'text', expected keys with values",
            "cameras[0].id: is missing",
            "cameras[0].urii: unknown key, did you mean cameras[0].uri?",
            "name: environment variable NOT_SET is not set",
            "colour: unknown key",
            "replication: found 9000000000, expected 1 to 9");
    assertThat(thrown).hasMessageStartingWith("test.yml: ");
  }

  @Test
  void whatDoesNotFitTogetherIsReportedUnderTheKeyAtFault() {
    assertThatThrownBy(() -> bound("pairing: {k: 4}"))
        .hasMessage("test.yml: pairing.per-minute: found 3, expected k or more");
  }

  @Test
  void rejectsValuesOfTheWrongKind() {
    ConfigException thrown =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                bound(
                    "{big: many, replication: 1.5, on: maybe, delivery: once, regions: id,"
                        + " name: [1], properties: [1], timezone: Jakarta, recorded-at: today,"
                        + " cameras: {a: 1}, pairing: {min-overlap: [1], k: true}}"));
    assertThat(thrown.problems())
        .containsExactlyInAnyOrder(
            "big: found 'many', expected a whole number",
            "replication: found 1.5, expected a whole number",
            "on: found 'maybe', expected true or false",
            "delivery: found 'once', expected one of at-least-once, exactly-once",
            "regions: found 'id', expected a list",
            "name: found a list, expected a text",
            "properties: found a list, expected keys with values",
            "timezone: found 'Jakarta', expected a timezone such as Asia/Jakarta",
            "recorded-at: found 'today', expected a time such as 2026-03-01T08:00:00+07:00",
            "cameras: found a mapping, expected a list",
            "pairing.min-overlap: found a list, expected a number",
            "pairing.k: found true, expected a whole number");
    assertThatThrownBy(() -> bound("pairing: 3"))
        .hasMessageContaining("pairing: found 3, expected keys with values");
    assertThatThrownBy(() -> bound("pairing: {min-overlap: NaN}"))
        .hasMessageContaining("pairing.min-overlap: found 'NaN', expected 0 to 1");
  }

  @Test
  void neverRepeatsASecret() {
    assertThatThrownBy(() -> bound("{password: [hunter2], pairing: {window: '${SITE}'}}"))
        .hasMessageContaining("password: found a list, expected a text")
        .hasMessageContaining("pairing.window: found '${SITE}', expected a duration")
        .hasMessageNotContaining("hunter2")
        .hasMessageNotContaining("north");
  }

  @Test
  void sectionsOfOtherProgramsAreLeftToThem() {
    ConfigFile file = ConfigFile.parse("api: {port: 1}\nname: a", "test.yml", name -> null);
    assertThat(file.bind(Settings.DEFAULT, Set.of("api")).name()).isEqualTo("a");
    file.finish();
    assertThatThrownBy(() -> bound("api: {port: 1}")).hasMessageContaining("api: unknown key");
  }

  @Test
  void listsEveryKeyWithItsDefaultAndRange() {
    assertThat(ConfigKeys.of(Settings.DEFAULT))
        .contains(
            new ConfigKeys.Key("", "on", "true", null),
            new ConfigKeys.Key("", "delivery", "exactly-once", "at-least-once, exactly-once"),
            new ConfigKeys.Key("pairing", "window", "200ms", "1ms..1s"),
            new ConfigKeys.Key("pairing", "min-overlap", "0.25", "0..1"),
            new ConfigKeys.Key("pairing", "per-minute", "3", "1..9"),
            new ConfigKeys.Key("cameras", "uri", "none", null))
        .extracting(ConfigKeys.Key::key)
        .doesNotContain("per-process", "limits", "pairing");
  }

  @Test
  void rejectsBrokenYamlWithoutQuotingIt() {
    assertThatThrownBy(() -> bound("uri: \"rtsp://u:hunter2@h\n  x: ["))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("no valid YAML at line")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> bound("a: 1\na: 2"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("a key stands twice at line 2");
    assertThatThrownBy(() -> bound("[1]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("found a list, expected keys with values");
  }

  private static Settings bound(String yaml) {
    ConfigFile file = ConfigFile.parse(yaml, "test.yml", Map.of("SITE", "north")::get);
    Settings settings = file.bind(Settings.DEFAULT);
    file.finish();
    return settings;
  }
}
