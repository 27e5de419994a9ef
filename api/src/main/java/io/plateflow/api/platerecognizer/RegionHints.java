package io.plateflow.api.platerecognizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The field {@code regions}: hints, of which those that say nothing here are passed over.
 *
 * @param named the codes as clients know them, such as {@code us-ca}
 * @param countries those of them whose plates are known
 */
record RegionHints(List<String> named, List<String> countries) {

  private static final int MOST = 50;

  RegionHints {
    named = List.copyOf(named);
    countries = List.copyOf(countries);
  }

  /**
   * @param values each a code, or several with commas, or a JSON list
   * @param known countries whose plates are known
   */
  static RegionHints of(List<String> values, Set<String> known) {
    List<String> named = new ArrayList<>();
    List<String> countries = new ArrayList<>();
    for (String value : values) {
      for (String part : value.split("[\\[\\]\",\\s]+")) {
        String code = part.toLowerCase(Locale.ROOT).replace('_', '-');
        if (code.matches("[a-z]{2}(-[a-z0-9]{1,4})?")
            && !named.contains(code)
            && named.size() < MOST) {
          named.add(code);
          String country = code.substring(0, 2);
          if (known.contains(country) && !countries.contains(country)) {
            countries.add(country);
          }
        }
      }
    }
    return new RegionHints(named, countries);
  }
}
