package io.plateflow.jobs.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PassDraftTest {

  @Test
  void aMergedPassGoesOnUnderTheIdThatWasAnnounced() {
    PassDraft announced = new PassDraft("plate-first");
    announced.publication = announced.publication.announced("B1234XYZ", 2, Instant.EPOCH);
    PassDraft vehicle = new PassDraft("vehicle-later");
    vehicle.absorb(announced);
    assertThat(vehicle.passId).isEqualTo("plate-first");
    assertThat(vehicle.publication.text()).isEqualTo("B1234XYZ");
  }

  @Test
  void otherwiseItKeepsItsOwn() {
    PassDraft plate = new PassDraft("plate-first");
    PassDraft vehicle = new PassDraft("vehicle-later");
    vehicle.absorb(plate);
    assertThat(vehicle.passId).isEqualTo("vehicle-later");
  }
}
