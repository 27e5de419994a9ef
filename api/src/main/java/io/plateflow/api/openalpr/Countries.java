package io.plateflow.api.openalpr;

import io.plateflow.api.http.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The parameter {@code country}: codes of OpenALPR, which are not all codes of countries. */
final class Countries {

  private static final String FIELD = "country";
  private static final String EUROPE = "eu";
  private static final int MOST = 20;

  /** Codes of OpenALPR that stand for plates of a country, or of several. */
  private static final Map<String, String> NAMES =
      Map.of(
          "us",
          "North America",
          EUROPE,
          "Europe",
          "auwide",
          "Australia (wide plates)",
          "br2",
          "Brazil (motorcycles)",
          "kr2",
          "South Korea (two lines)",
          "vn2",
          "Vietnam (two lines)");

  private static final Map<String, String> REGIONS =
      Map.of("auwide", "au", "br2", "br", "kr2", "kr", "vn2", "vn");

  /** Accepted everywhere, whether their formats are known or not. */
  private static final Set<String> ISO = Set.of(Locale.getISOCountries());

  /** Those that clients of OpenALPR name most. */
  private static final Set<String> USUAL =
      Set.of("au", "br", "gb", "in", "id", "kr", "mx", "nz", "sg", "vn");

  private final Set<String> known;

  /**
   * @param known countries whose formats are known
   */
  Countries(Set<String> known) {
    this.known = known;
  }

  /** What clients may choose from, with names. */
  Map<String, String> offered() {
    Set<String> codes = new TreeSet<>(known);
    codes.addAll(USUAL);
    codes.addAll(NAMES.keySet());
    Map<String, String> offered = new TreeMap<>();
    codes.forEach(code -> offered.put(code, name(code)));
    return offered;
  }

  private static String name(String code) {
    String ours = NAMES.get(code);
    return ours == null
        ? new Locale.Builder().setRegion(code).build().getDisplayCountry(Locale.ENGLISH)
        : ours;
  }

  /**
   * The regions to expect; empty where one is named whose formats are not known, so that its plates
   * are not taken for those of the others.
   *
   * @param text codes with commas, or null
   * @throws Refusal where there is none, or one that does not exist
   */
  List<String> regions(@Nullable String text) {
    if (text == null || text.isBlank()) {
      throw Refusal.field(FIELD, "is missing: expected a code such as us or eu.");
    }
    List<String> regions = new ArrayList<>();
    boolean all = true;
    for (String part : text.strip().split(",", -1)) {
      String code = part.strip().toLowerCase(Locale.ROOT);
      if (!NAMES.containsKey(code) && !ISO.contains(code.toUpperCase(Locale.ROOT))) {
        throw Refusal.field(
            FIELD,
            "found '%s', expected a code such as us or eu."
                .formatted(code.length() <= MOST ? code : code.substring(0, MOST)));
      }
      String region = REGIONS.getOrDefault(code, code);
      all &= region.equals(EUROPE) || known.contains(region);
      if (!regions.contains(region)) {
        regions.add(region);
      }
    }
    return all ? regions : List.of();
  }
}
