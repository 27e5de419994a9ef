package io.plateflow.schemas.corrections;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a correction changes. */
public enum CorrectionKind {
  /** The text of the plate. */
  PLATE(Aspect.PLATE),
  /** What was taken for a plate is none. */
  NOT_A_PLATE(Aspect.PLATE),
  /** The class of the vehicle. */
  VEHICLE_CLASS(Aspect.VEHICLE_CLASS),
  /** The type of the plate. */
  PLATE_TYPE(Aspect.PLATE_TYPE),
  /** The region code of the plate. */
  REGION(Aspect.REGION),
  /** Plate and vehicle do not belong together: one of them stays. */
  PAIRING(Aspect.PAIRING),
  /** The place where the pass was. */
  LOCATION(Aspect.LOCATION),
  /** There was no such pass: it goes, and the statistics fall. */
  DELETE(Aspect.EXISTENCE),
  /** Nobody is to know of it: it goes, and the statistics keep its count. */
  ERASE(Aspect.EXISTENCE),
  /** This exit ends the visit of that entry. */
  VISIT_JOIN(Aspect.VISIT),
  /** This exit does not end the visit of that entry. */
  VISIT_SPLIT(Aspect.VISIT),
  /** The vehicle of this entry left unseen at that time. */
  VISIT_CLOSE(Aspect.VISIT);

  /**
   * Of several corrections of one aspect of a pass the latest holds; visits have theirs together.
   */
  public enum Aspect {
    PLATE,
    VEHICLE_CLASS,
    PLATE_TYPE,
    REGION,
    PAIRING,
    LOCATION,
    EXISTENCE,
    VISIT
  }

  private final Aspect aspect;

  CorrectionKind(Aspect aspect) {
    this.aspect = aspect;
  }

  /** As written in events and tables: {@code plate}, {@code not_a_plate}, ... */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Aspect aspect() {
    return aspect;
  }

  /**
   * @throws IllegalArgumentException where there is no such kind
   */
  public static CorrectionKind of(String label) {
    return Arrays.stream(values())
        .filter(kind -> kind.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "kind: found '%s', expected one of %s"
                        .formatted(
                            label,
                            Arrays.stream(values())
                                .map(CorrectionKind::label)
                                .collect(Collectors.joining(", ")))));
  }
}
