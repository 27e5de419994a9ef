package io.plateflow.models.grammar;

import org.jspecify.annotations.Nullable;

/**
 * The format that a text most probably follows.
 *
 * @param country where the text tells it clearly, ISO 3166 lower case, else null
 * @param formatCountry country of the most probable format, clear or not
 * @param type the plate type that the format alone tells, or null
 * @param number the text with the spaces, dashes and dots that the format prints
 * @param region code that the text begins with, or null outside Indonesia
 * @param letters behind the number of an Indonesian plate; empty where there are none
 */
public record PlateMatch(
    @Nullable String country,
    String formatCountry,
    @Nullable String type,
    String number,
    @Nullable String region,
    String letters) {}
