package io.plateflow.models.lists;

import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.lists.ListEntry;
import io.plateflow.schemas.lists.PlatePattern;
import io.plateflow.schemas.lists.Validity;

/** An entry with its pattern and its times parsed. Each is one of its own, whatever it holds. */
final class IndexedEntry {

  private final ListEntry entry;
  private final PlatePattern pattern;
  private final Validity validity;

  IndexedEntry(ListEntry entry) {
    this.entry = entry;
    this.pattern = PlatePattern.parse(entry.pattern());
    this.validity = Validity.of(entry);
  }

  ListEntry entry() {
    return entry;
  }

  PlatePattern pattern() {
    return pattern;
  }

  Validity validity() {
    return validity;
  }

  boolean countsAt(Place place) {
    return entry.countsAt(place);
  }
}
