package io.plateflow.schemas.status;

/**
 * A plate met an entry of the access list.
 *
 * @param listedPlate the entry, normalised
 * @param distance confusion-weighted edit distance; 0 is exact
 * @param tolerance the largest distance that would have counted
 */
public record StatusMatch(
    String listedPlate, PlateListType type, double distance, double tolerance) {

  /** {@code exact} or {@code fuzzy}. */
  public String kind() {
    return distance == 0 ? "exact" : "fuzzy";
  }
}
