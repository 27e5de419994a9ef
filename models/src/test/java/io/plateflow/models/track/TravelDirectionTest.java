package io.plateflow.models.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.schemas.geometry.BoundingBox;
import org.junit.jupiter.api.Test;

class TravelDirectionTest {

  private static final BoundingBox BOX = new BoundingBox(400, 200, 600, 350);

  @Test
  void whatGrowsAndSinksComesTowardsTheCamera() {
    assertThat(TravelDirection.of(BOX, new BoundingBox(300, 250, 700, 550)))
        .isEqualTo(TravelDirection.TOWARDS);
    assertThat(TravelDirection.of(new BoundingBox(300, 250, 700, 550), BOX))
        .isEqualTo(TravelDirection.AWAY);
  }

  @Test
  void aVehicleCutByTheEdgeStillComesNearer() {
    // Its box no longer grows: what is gained below is lost.
    assertThat(TravelDirection.of(BOX, new BoundingBox(400, 400, 600, 550)))
        .isEqualTo(TravelDirection.TOWARDS);
  }

  @Test
  void whatKeepsItsSizeGoesAcrossOrStands() {
    assertThat(TravelDirection.of(BOX, new BoundingBox(700, 205, 900, 355)))
        .isEqualTo(TravelDirection.RIGHT);
    assertThat(TravelDirection.of(BOX, new BoundingBox(100, 200, 300, 350)))
        .isEqualTo(TravelDirection.LEFT);
    assertThat(TravelDirection.of(BOX, new BoundingBox(404, 202, 603, 351)))
        .isEqualTo(TravelDirection.STANDING);
  }
}
