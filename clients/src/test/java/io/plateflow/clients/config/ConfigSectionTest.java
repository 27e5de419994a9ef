package io.plateflow.clients.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigSectionTest {

  private enum Delivery {
    AT_LEAST_ONCE,
    EXACTLY_ONCE
  }

  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void defaultsHoldForAnEmptyFile() {
    ConfigSection config = parse("");
    assertThat(config.string("name", null)).isNull();
    assertThat(config.integer("n", 3, 1, 9)).isEqualTo(3);
    assertThat(config.decimal("x", 0.25, 0, 1)).isEqualTo(0.25);
    assertThat(config.bool("on", true)).isTrue();
    assertThat(config.duration("window", SECOND, Duration.ZERO, SECOND)).isEqualTo(SECOND);
    assertThat(config.oneOf("delivery", Delivery.class, Delivery.EXACTLY_ONCE))
        .isEqualTo(Delivery.EXACTLY_ONCE);
    assertThat(config.list("regions")).isEmpty();
    assertThat(config.sections("cameras")).isEmpty();
    assertThat(config.section("pairing").integer("k", -1, 0, 5)).isEqualTo(-1);
    config.finish();
  }

  @Test
  void readsEveryShape() {
    ConfigSection config =
        parse(
            """
            name: gate ${SITE}
            n: 7
            big: 9000000000
            x: 0.5
            on: false
            window: 1500ms
            delivery: at-least-once
            regions: [id, no]
            corners: [[0, 1], [1, 1]]
            pairing:
              min-overlap: 0.3
            cameras:
              - id: a
              - id: b
            """);
    assertThat(config.string("name")).isEqualTo("gate north");
    assertThat(config.integer("n", 1, 0, 9)).isEqualTo(7);
    assertThat(config.longInteger("big", 1, 0, Long.MAX_VALUE)).isEqualTo(9_000_000_000L);
    assertThat(config.decimal("x", 0, 0, 1)).isEqualTo(0.5);
    assertThat(config.bool("on", true)).isFalse();
    assertThat(config.duration("window", SECOND, Duration.ZERO, Duration.ofHours(1)))
        .isEqualTo(Duration.ofMillis(1500));
    assertThat(config.oneOf("delivery", Delivery.class, Delivery.EXACTLY_ONCE))
        .isEqualTo(Delivery.AT_LEAST_ONCE);
    assertThat(config.list("regions")).containsExactly("id", "no");
    assertThat(config.tree("corners", 0, t -> t.size())).isEqualTo(2);
    assertThat(config.section("pairing").decimal("min-overlap", 0, 0, 1)).isEqualTo(0.3);
    assertThat(config.sections("cameras"))
        .extracting(s -> s.string("id"))
        .containsExactly("a", "b");
    config.finish();
  }

  @Test
  void namesEveryProblemAtOnce() {
    ConfigSection config =
        parse(
            """
            pairing:
              min-overlp: 0.3
              window: 5
              k: 12
            cameras:
              - {id: a, urii: x}
              - text
            secret: ${NOT_SET}
            colour: red
            """);
    ConfigSection pairing = config.section("pairing");
    pairing.decimal("min-overlap", 0.1, 0, 1);
    pairing.duration("window", SECOND, Duration.ZERO, SECOND);
    pairing.integer("k", 2, 0, 10);
    config
        .sections("cameras")
        .forEach(
            camera -> {
              camera.string("id");
              camera.string("uri");
            });
    config.string("secret", null);
    ConfigException thrown = catchThrowableOfType(ConfigException.class, config::finish);
    assertThat(thrown.problems())
        .containsExactlyInAnyOrder(
            "pairing.window: found '5', expected a duration such as 1500ms, 2s, 5m, 1h or 7d",
            "pairing.k: found 12, expected 0 to 10",
            "pairing.min-overlp: unknown key, did you mean pairing.min-overlap?",
            "cameras[1]: found 'text', expected a list of mappings",
            "cameras[0].uri: is missing",
            "cameras[0].urii: unknown key, did you mean cameras[0].uri?",
            "secret: environment variable NOT_SET is not set",
            "colour: unknown key");
    assertThat(thrown).hasMessageStartingWith("test.yml: ");
  }

  @Test
  void rejectsValuesOfTheWrongKind() {
    ConfigSection config = parse("{n: many, x: [1], on: maybe, delivery: once, pairing: 3}");
    config.integer("n", 1, 0, 9);
    config.decimal("x", 1, 0, 9);
    config.bool("on", true);
    config.oneOf("delivery", Delivery.class, null);
    config.section("pairing");
    ConfigException thrown = catchThrowableOfType(ConfigException.class, config::finish);
    assertThat(thrown.problems())
        .isEqualTo(
            List.of(
                "n: found 'many', expected a whole number",
                "x: found a list, expected a number",
                "on: found 'maybe', expected true or false",
                "delivery: found 'once', expected one of at-least-once, exactly-once",
                "pairing: found 3, expected keys with values"));
  }

  @Test
  void rejectsBrokenYamlWithoutQuotingIt() {
    assertThatThrownBy(() -> parse("uri: \"rtsp://u:hunter2@h\n  x: ["))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("no valid YAML at line")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> parse("a: 1\na: 2"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("a key stands twice at line 2");
    assertThatThrownBy(() -> parse("[1]").finish())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("found a list, expected keys with values");
  }

  private static ConfigSection parse(String yaml) {
    return ConfigSection.parse(yaml, "test.yml", Map.of("SITE", "north")::get);
  }
}
