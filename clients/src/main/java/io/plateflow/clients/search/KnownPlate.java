package io.plateflow.clients.search;

import java.time.Instant;

/** A row of {@code search_plates}: a text that some pass is found by. */
record KnownPlate(String text, Instant lastSeen) {}
