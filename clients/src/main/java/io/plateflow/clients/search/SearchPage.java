package io.plateflow.clients.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hits, the newest first; look-alikes the nearest first, and equally near ones the newest first.
 *
 * @param next null where there are no more
 */
public record SearchPage(List<PlateHit> hits, @Nullable SearchCursor next) {}
