package io.plateflow.jobs.rules;

import io.plateflow.schemas.camera.Place;
import java.time.Instant;

/**
 * A vehicle came to a site or left it.
 *
 * @param at capture time
 * @param vehicles one more or one less
 */
public record SiteMove(Place place, Instant at, int vehicles) {

  public String site() {
    return place.site();
  }
}
