package io.plateflow.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StrictJsonTest {

  private static void assertRefused(String json, String message) {
    assertThatThrownBy(() -> StrictJson.object(json, "config"))
        .isInstanceOfSatisfying(
            Refusal.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Refusal.Kind.BAD_REQUEST);
              assertThat(e.field()).isEqualTo("config");
              assertThat(e.text()).isEqualTo(message);
            });
  }

  @Test
  void readsAnObject() {
    assertThat(StrictJson.object("{\"a\": [1, {\"b\": null}]}", "config").at("/a/0").asInt())
        .isEqualTo(1);
  }

  @Test
  void refusesWhatIsNotOneObject() {
    assertRefused("[]", "config: expected a JSON object.");
    assertRefused("7", "config: expected a JSON object.");
    assertRefused("", "config: expected a JSON object.");
    assertRefused("{", "config: no valid JSON.");
    assertRefused("{} {}", "config: no valid JSON.");
    assertRefused("{\"a\": NaN}", "config: no valid JSON.");
  }

  @Test
  void refusesAKeyThatStandsTwice() {
    assertRefused("{\"secret\": 1, \"secret\": 2}", "config: a key stands twice.");
    assertRefused("{\"a\": {\"b\": 1, \"b\": 1}}", "config: a key stands twice.");
  }

  @Test
  void refusesWhatIsTooDeep() {
    String deepest = "{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}";
    assertThat(StrictJson.object(deepest, "config")).hasSize(1);
    assertRefused(
        "{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}", "config: nested more than 32 deep.");
    assertRefused("{\"a\":" + "[".repeat(100_000), "config: nested more than 32 deep.");
  }
}
