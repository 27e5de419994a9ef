package io.plateflow.models.grammar;

import io.plateflow.schemas.region.RegionTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What plates of the world look like: how probable a text is as the text of a plate. A format
 * spreads its weight evenly over the texts that it allows, and a text's probability is the sum over
 * all formats that it fits, with a small share left for texts that fit none. Thread-safe.
 */
public final class PlateGrammar {

  /** From this share of the probability on a text tells its country. */
  private static final double CLEAR_COUNTRY = 0.75;

  /**
   * Share of texts that follow no known format, by length from 0; longer ones count as the last.
   */
  private static final double[] ANY_TEXT_LENGTHS = {
    1e-4, 1e-4, 5e-4, 2e-3, 0.03, 0.15, 0.35, 0.35, 0.1, 0.02, 5e-3, 1e-4
  };

  private final GrammarWeights weights;
  private final PlateFormatTable formats = new PlateFormatTable();
  private final PlateCorrections corrections;

  public PlateGrammar(GrammarWeights weights) {
    this.weights = weights;
    this.corrections = new PlateCorrections(formats, weights);
  }

  /** The countries whose formats are known, ISO 3166 lower case. */
  public Set<String> countries() {
    return Set.copyOf(formats.countries().keySet());
  }

  /**
   * How probable the countries are.
   *
   * @param regions expected countries, most likely first, also the group {@code eu}; empty means
   *     any
   * @param seen probability of countries and groups of them ({@code eu}) by the picture, 0..1 each;
   *     empty where nothing is known
   */
  public CountryExpectation expectation(List<String> regions, Map<String, Double> seen) {
    return CountryExpectation.of(formats, weights, regions, seen);
  }

  /**
   * How much more probable a text is as a plate's than any characters of the same number would be;
   * natural logarithm.
   *
   * @param regions expected countries, most likely first; empty means any
   */
  public double logPrior(String text, List<String> regions) {
    return logPrior(text, expectation(regions, Map.of()));
  }

  /** The same with what is known of the country. */
  public double logPrior(String text, CountryExpectation expectation) {
    double sum = anyText(text.length());
    long[] bits = PlateFormat.bits(text);
    for (PlateFormatTable.Entry entry : formats.entries(text.length())) {
      if (entry.fits(bits)) {
        sum += entry.probability(expectation);
      }
    }
    return Math.log(sum);
  }

  /** The {@link #logPrior} of any text of that length that follows no format. */
  public double logPriorOfNoFormat(int length) {
    return Math.log(anyText(length));
  }

  /**
   * Whether the text follows a format of one of the regions, of any country where none is named.
   */
  public boolean follows(String text, List<String> regions) {
    Set<Integer> expected =
        regions.stream()
            .flatMap(region -> CountryExpectation.members(region, formats.countries()).stream())
            .collect(Collectors.toSet());
    long[] bits = PlateFormat.bits(text);
    return formats.entries(text.length()).stream()
        .anyMatch(
            entry ->
                (expected.isEmpty() || expected.contains(entry.country())) && entry.fits(bits));
  }

  /** The country whose formats speak most for a text, or null where it follows none. */
  public @Nullable CountryShare country(String text, List<String> regions) {
    CountryExpectation expectation = expectation(regions, Map.of());
    Map<String, Double> byCountry = new HashMap<>();
    double total = anyText(text.length());
    long[] bits = PlateFormat.bits(text);
    for (PlateFormatTable.Entry entry : formats.entries(text.length())) {
      if (entry.fits(bits)) {
        double p = entry.probability(expectation);
        total += p;
        byCountry.merge(entry.format().country(), p, Double::sum);
      }
    }
    double all = total;
    return byCountry.entrySet().stream()
        .max(Map.Entry.<String, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(best -> new CountryShare(best.getKey(), best.getValue() / all))
        .orElse(null);
  }

  /** The most probable format of a text, or null where it follows none. */
  public @Nullable PlateMatch match(String text, List<String> regions) {
    return match(text, expectation(regions, Map.of()));
  }

  /** The same with what is known of the country. */
  public @Nullable PlateMatch match(String text, CountryExpectation expectation) {
    double[] byCountry = new double[formats.countries().size()];
    double total = anyText(text.length());
    PlateFormatTable.Entry best = null;
    double bestProbability = 0;
    long[] bits = PlateFormat.bits(text);
    for (PlateFormatTable.Entry entry : formats.entries(text.length())) {
      if (!entry.fits(bits)) {
        continue;
      }
      double p = entry.probability(expectation);
      byCountry[entry.country()] += p;
      total += p;
      if (p > bestProbability) {
        bestProbability = p;
        best = entry;
      }
    }
    return best == null
        ? null
        : match(text, best, byCountry[best.country()] >= CLEAR_COUNTRY * total);
  }

  /**
   * @param clear whether the text tells its country
   */
  private static PlateMatch match(String text, PlateFormatTable.Entry best, boolean clear) {
    String country = best.format().country();
    boolean indonesian = country.equals("id");
    String number = printed(text, best.shape().separators());
    String region = null;
    String letters = "";
    if (indonesian) {
      String[] groups = number.split("[ .-]");
      region = RegionTable.indonesia().region(groups[0]) == null ? null : groups[0];
      letters = groups.length == 3 && !Character.isDigit(groups[2].charAt(0)) ? groups[2] : "";
    }
    return new PlateMatch(
        clear ? country : null, country, best.format().type(), number, region, letters);
  }

  /**
   * Texts that follow a format and differ from {@code text} in few characters, those first that the
   * picture and the grammar speak for most.
   *
   * @param scores for every character of the text the probability of each symbol by the picture:
   *     {@code scores[i][b]} of digit b, or of letter b - 10; 0..1
   */
  public List<String> corrections(
      String text, float[][] scores, CountryExpectation expectation, int max) {
    return corrections.of(text, scores, expectation, max);
  }

  private double anyText(int length) {
    return weights.anyText() * ANY_TEXT_LENGTHS[Math.min(length, ANY_TEXT_LENGTHS.length - 1)];
  }

  private static String printed(String text, String separators) {
    StringBuilder out = new StringBuilder(text.length() + 4);
    for (int i = 0; i < text.length(); i++) {
      if (separators.charAt(i) != '\0') {
        out.append(separators.charAt(i));
      }
      out.append(text.charAt(i));
    }
    return out.toString();
  }
}
