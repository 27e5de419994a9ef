package io.plateflow.clients.search;

import java.time.Instant;

/** A row of {@code search_texts} that fits: of a pass, the one that says most. */
record FoundText(long sessionId, Instant timestamp, String text, String origin) {

  boolean isNewerThan(Instant time) {
    return timestamp.isAfter(time);
  }
}
