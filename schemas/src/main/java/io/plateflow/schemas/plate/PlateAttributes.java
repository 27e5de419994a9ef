package io.plateflow.schemas.plate;

import org.jspecify.annotations.Nullable;

/**
 * What else a plate shows, in the terms of the Galaxy documents.
 *
 * @param number as printed, with spaces: {@code B 1234 CD}; null where the plate is hidden
 * @param date {@code MM.YY} of the small line, or null
 * @param textColor white, black, red, blue, ... or null
 * @param backgroundColor white, black, yellow, red, green, ... or null
 * @param icon name of an emblem, or null
 * @param iconColor or null
 * @param blueStrip whether it has the strip of electric vehicles
 * @param type private, public, government, police, military, diplomatic, free_trade; null where
 *     unknown
 * @param regionCode {@code B}, or null outside Indonesia
 * @param regionName {@code Jakarta/Metro Jaya}, or null
 * @param country ISO 3166 lower case, or null where the grammar is not clear
 */
public record PlateAttributes(
    @Nullable String number,
    @Nullable String date,
    @Nullable String textColor,
    @Nullable String backgroundColor,
    @Nullable String icon,
    @Nullable String iconColor,
    boolean blueStrip,
    @Nullable String type,
    @Nullable String regionCode,
    @Nullable String regionName,
    @Nullable String country) {

  /**
   * What many plates have in common: without the number, and without the date, which would narrow
   * the vehicles down.
   */
  public PlateAttributes withoutIdentity() {
    return new PlateAttributes(
        null,
        null,
        textColor,
        backgroundColor,
        icon,
        iconColor,
        blueStrip,
        type,
        regionCode,
        regionName,
        country);
  }
}
