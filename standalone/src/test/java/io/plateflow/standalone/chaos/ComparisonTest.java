package io.plateflow.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private final Outcome undisturbed = new Outcome();
  private final Outcome disturbed = new Outcome();

  @Test
  void equalRowsAreCountedAndNotShown() {
    undisturbed.put("plates", "p1", plate("B1"));
    disturbed.put("plates", "p1", plate("B1"));
    Comparison comparison = Comparison.of(undisturbed, disturbed);
    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.compared()).containsEntry("plates", 1);
  }

  @Test
  void everyOtherRowIsShown() {
    undisturbed.put("plates", "p1", plate("B1"));
    undisturbed.put("plates", "lost", plate("B2"));
    disturbed.put("plates", "p1", plate("B7"));
    disturbed.put("plates", "doubled", plate("B1"));
    disturbed.put("a table of its own", "x", plate("B1"));
    assertThat(Comparison.of(undisturbed, disturbed).differences())
        .containsExactly(
            "a table of its own  x: too much: {\"plate_text\":\"B1\"}",
            "plates  doubled: too much: {\"plate_text\":\"B1\"}",
            "plates  lost: missing: {\"plate_text\":\"B2\"}",
            "plates  p1: plate_text undisturbed \"B1\", disturbed \"B7\"");
  }

  @Test
  void theLiveCameraIsLeftOut() {
    disturbed.put("plates", "live-20260817", plate("B1"));
    assertThat(Comparison.of(undisturbed, disturbed.without("live")).differences()).isEmpty();
  }

  @Test
  void aRunThatComparedNothingOrKilledTooLittleIsNotClean() {
    undisturbed.put("detection_sessions", "p1", plate("B1"));
    Comparison good = Comparison.of(undisturbed, undisturbed);
    Comparison nothing = Comparison.of(new Outcome(), new Outcome());
    List<Kill> one = List.of(new Kill(Duration.ZERO, Target.KAFKA, "Kafka", Duration.ofSeconds(3)));
    assertThat(new Report(1, one, good, new TreeMap<>(), List.of()).isClean()).isTrue();
    assertThat(new Report(2, one, good, new TreeMap<>(), List.of()).isClean()).isFalse();
    assertThat(new Report(1, one, nothing, new TreeMap<>(), List.of()).isClean()).isFalse();
  }

  private static ObjectNode plate(String text) {
    return JsonNodeFactory.instance.objectNode().put("plate_text", text);
  }
}
