package io.plateflow.models.grammar;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** By how much each country is more or less probable than usual, before the text is known. */
public final class CountryExpectation {

  /** The networks tell these apart from each other and from named countries, not among them. */
  private static final Map<String, Set<String>> GROUPS =
      Map.of(
          "eu",
          Set.of(
              "fr", "it", "de", "es", "nl", "pl", "cz", "sk", "hr", "ro", "pt", "at", "hu", "be",
              "ch", "si", "se", "no", "dk", "fi", "lt", "lv", "ee", "bg", "gr", "rs", "ua", "lu",
              "tr", "ie"));

  private final double[] factors;

  private CountryExpectation(double[] factors) {
    this.factors = factors;
  }

  /**
   * Expected countries get the hinted share, each half of what the one before it got, and the
   * others the rest. A group stands for its countries, which share what it gets as usual.
   *
   * @param regions expected countries and groups, most likely first; empty means any
   * @param seen probability of countries and groups of them ({@code eu}) by the picture, 0..1 each;
   *     empty where nothing is known
   */
  static CountryExpectation of(
      PlateFormatTable formats,
      GrammarWeights weights,
      List<String> regions,
      Map<String, Double> seen) {
    Map<String, Integer> countries = formats.countries();
    double[] factors = new double[countries.size()];
    Arrays.fill(factors, 1);
    List<List<Integer>> expected =
        regions.stream()
            .distinct()
            .map(region -> members(region, countries))
            .filter(members -> !members.isEmpty())
            .toList();
    if (!expected.isEmpty()) {
      Arrays.fill(factors, 1 - weights.hinted());
      double part = weights.hinted() / (2 - Math.pow(0.5, expected.size() - 1.0));
      for (List<Integer> members : expected) {
        double share = members.stream().mapToDouble(formats::countryShare).sum();
        for (int country : members) {
          factors[country] += part / share;
        }
        part /= 2;
      }
    }
    if (!seen.isEmpty()) {
      for (Map.Entry<String, Integer> country : countries.entrySet()) {
        double share = seen.getOrDefault(group(country.getKey(), seen), 0.0) * seen.size();
        factors[country.getValue()] *= weights.seen() * share + 1 - weights.seen();
      }
    }
    return new CountryExpectation(factors);
  }

  /** The numbers of the countries that a region stands for; empty where none is known. */
  static List<Integer> members(String region, Map<String, Integer> countries) {
    return GROUPS.getOrDefault(region, Set.of(region)).stream()
        .map(countries::get)
        .filter(Objects::nonNull)
        .toList();
  }

  double factor(int country) {
    return factors[country];
  }

  private static String group(String country, Map<String, Double> seen) {
    if (!seen.containsKey(country)) {
      for (Map.Entry<String, Set<String>> group : GROUPS.entrySet()) {
        if (group.getValue().contains(country)) {
          return group.getKey();
        }
      }
    }
    return country;
  }
}
