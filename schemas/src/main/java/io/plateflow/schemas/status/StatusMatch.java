package io.plateflow.schemas.status;

import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.lists.ListMeaning;
import org.jspecify.annotations.Nullable;

/**
 * A plate met an entry of the access list.
 *
 * @param listedPlate the entry, normalised
 * @param distance confusion-weighted edit distance; 0 is exact
 * @param tolerance the largest distance that would have counted
 */
public record StatusMatch(
    String listedPlate, PlateListType type, double distance, double tolerance) {

  /**
   * What a match on any list is in the words of the simple one: lists that raise an alert are
   * black, lists of those that may enter are white.
   *
   * @return null where nothing follows from the list
   */
  public static @Nullable StatusMatch of(ListMatch match) {
    PlateListType type =
        match.meaning().raisesAlert()
            ? PlateListType.BLACKLIST
            : match.meaning() == ListMeaning.ALLOW ? PlateListType.WHITELIST : null;
    return type == null
        ? null
        : new StatusMatch(match.pattern(), type, match.distance(), match.tolerance());
  }

  /** {@code exact} or {@code fuzzy}. */
  public String kind() {
    return distance == 0 ? "exact" : "fuzzy";
  }
}
