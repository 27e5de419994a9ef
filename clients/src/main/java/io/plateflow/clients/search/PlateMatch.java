package io.plateflow.clients.search;

import java.util.List;

/**
 * Why a pass was found.
 *
 * @param kind {@link PlateQuery.Kind#EXACT} also for the plate itself among its look-alikes
 * @param origin where the text comes from
 * @param text that matched
 * @param distance confusion distance between what was searched and the text; 0 where no look-alikes
 *     were searched
 * @param differences what makes up the distance
 */
public record PlateMatch(
    PlateQuery.Kind kind,
    Origin origin,
    String text,
    double distance,
    List<TextDifference> differences) {

  /** Who says that the plate reads so; the order is that of trust. */
  public enum Origin {
    /** The pass itself. */
    PLATE,
    /** A single look or another reader; the pass reads otherwise. */
    READ
  }
}
