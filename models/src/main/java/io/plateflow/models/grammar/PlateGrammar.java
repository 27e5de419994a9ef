package io.plateflow.models.grammar;

import io.plateflow.schemas.region.Region;
import io.plateflow.schemas.region.RegionTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What plates of the world look like: how probable a text is as the text of a plate. A format
 * spreads its weight evenly over the texts that it allows, and a text's probability is the sum over
 * all formats that it fits, with a small share left for texts that fit none. Thread-safe.
 */
public final class PlateGrammar {

  private static final String FORMATS = "/regions/plate-formats.tsv";
  private static final double LOG_CHARACTERS = Math.log(36);
  private static final Set<String> PREFIXES_WITHOUT_AREA = Set.of("RI", "CD", "CC");

  /** From this share of the probability on a text tells its country. */
  private static final double CLEAR_COUNTRY = 0.75;

  /**
   * Share of texts that follow no known format, by length from 0; longer ones count as the last.
   */
  private static final double[] ANY_TEXT_LENGTHS = {
    1e-4, 1e-4, 5e-4, 2e-3, 0.03, 0.15, 0.35, 0.35, 0.1, 0.02, 5e-3, 1e-4
  };

  /** A text of a correction may differ from what was read in so many characters. */
  private static final int MOST_CORRECTED = 3;

  /** The networks tell these apart from each other and from named countries, not among them. */
  private static final Map<String, Set<String>> GROUPS =
      Map.of(
          "eu",
          Set.of(
              "fr", "it", "de", "es", "nl", "pl", "cz", "sk", "hr", "ro", "pt", "at", "hu", "be",
              "ch", "si", "se", "no", "dk", "fi", "lt", "lv", "ee", "bg", "gr", "rs", "ua", "lu",
              "tr", "ie"));

  /** What is known of a plate's country before its text is. */
  public static final class Expectation {
    private final double[] factors;

    private Expectation(double[] factors) {
      this.factors = factors;
    }
  }

  private record Entry(PlateFormat format, PlateFormat.Shape shape, double share, int country) {}

  private final GrammarWeights weights;
  private final Map<String, Integer> countries = new LinkedHashMap<>();
  private final double[] countryShares;
  private final Map<Integer, List<Entry>> byLength = new HashMap<>();

  public PlateGrammar(GrammarWeights weights) {
    this.weights = weights;
    List<Region> regions =
        RegionTable.indonesia().regions().stream()
            .filter(region -> !PREFIXES_WITHOUT_AREA.contains(region.code()))
            .toList();
    List<PlateFormat> formats = read();
    double total = formats.stream().mapToDouble(PlateFormat::weight).sum();
    for (PlateFormat format : formats) {
      countries.putIfAbsent(format.country(), countries.size());
    }
    countryShares = new double[countries.size()];
    for (PlateFormat format : formats) {
      int country = countries.get(format.country());
      countryShares[country] += format.weight() / total;
      List<PlateFormat.Shape> shapes = format.shapes(regions);
      for (PlateFormat.Shape shape : shapes) {
        byLength
            .computeIfAbsent(shape.allowed().length, length -> new ArrayList<>())
            .add(new Entry(format, shape, format.weight() / total / shapes.size(), country));
      }
    }
  }

  /** The countries whose formats are known, ISO 3166 lower case. */
  public Set<String> countries() {
    return Set.copyOf(countries.keySet());
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
  public double logPrior(String text, Expectation expectation) {
    double[] factors = expectation.factors;
    double sum = anyText(text.length());
    long[] bits = PlateFormat.bits(text);
    for (Entry entry : entries(text.length())) {
      if (fits(entry.shape(), bits)) {
        sum += probability(entry, factors, text.length());
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
    Set<String> expected =
        regions.stream().filter(countries::containsKey).collect(Collectors.toSet());
    long[] bits = PlateFormat.bits(text);
    return entries(text.length()).stream()
        .anyMatch(
            entry ->
                (expected.isEmpty() || expected.contains(entry.format().country()))
                    && fits(entry.shape(), bits));
  }

  /** The most probable format of a text, or null where it follows none. */
  public PlateMatch match(String text, List<String> regions) {
    return match(text, expectation(regions, Map.of()));
  }

  /** The same with what is known of the country. */
  public PlateMatch match(String text, Expectation expectation) {
    double[] factors = expectation.factors;
    double[] byCountry = new double[countries.size()];
    double total = anyText(text.length());
    Entry best = null;
    double bestProbability = 0;
    long[] bits = PlateFormat.bits(text);
    for (Entry entry : entries(text.length())) {
      if (!fits(entry.shape(), bits)) {
        continue;
      }
      double p = probability(entry, factors, text.length());
      byCountry[entry.country()] += p;
      total += p;
      if (p > bestProbability) {
        bestProbability = p;
        best = entry;
      }
    }
    if (best == null) {
      return null;
    }
    String country = best.format().country();
    boolean clear = byCountry[best.country()] >= CLEAR_COUNTRY * total;
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
   * @param scores for every character of the text what the picture says of each symbol: {@code
   *     scores[i][b]} of digit b, or of letter b - 10; 0..1
   */
  public List<String> corrections(
      String text, float[][] scores, Expectation expectation, int most) {
    record Correction(String text, double score) {}
    double[] factors = expectation.factors;
    Map<String, Correction> found = new HashMap<>();
    for (Entry entry : entries(text.length())) {
      long[] allowed = entry.shape().allowed();
      char[] corrected = null;
      double loss = 0;
      int changed = 0;
      for (int i = 0; i < allowed.length && changed <= MOST_CORRECTED; i++) {
        long bit = PlateFormat.bit(text.charAt(i));
        if ((bit & allowed[i]) != 0) {
          continue;
        }
        changed++;
        int best = bestOf(allowed[i], scores[i]);
        corrected = corrected == null ? text.toCharArray() : corrected;
        corrected[i] = PlateFormat.character(best);
        loss +=
            Math.log(scores[i][best] + 1e-9)
                - Math.log(scores[i][Long.numberOfTrailingZeros(bit)] + 1e-9);
      }
      if (corrected == null || changed > MOST_CORRECTED) {
        continue;
      }
      double score =
          weights.lattice() * loss
              + weights.prior() * Math.log(probability(entry, factors, text.length()));
      found.merge(
          new String(corrected),
          new Correction(new String(corrected), score),
          (a, b) -> a.score() >= b.score() ? a : b);
    }
    return found.values().stream()
        .sorted(
            Comparator.comparingDouble(Correction::score)
                .reversed()
                .thenComparing(Correction::text))
        .limit(most)
        .map(Correction::text)
        .toList();
  }

  private static int bestOf(long allowed, float[] scores) {
    int best = Long.numberOfTrailingZeros(allowed);
    for (long left = allowed; left != 0; left &= left - 1) {
      int b = Long.numberOfTrailingZeros(left);
      if (scores[b] > scores[best]) {
        best = b;
      }
    }
    return best;
  }

  private List<Entry> entries(int length) {
    return byLength.getOrDefault(length, List.of());
  }

  /** Probability of one text of the shape, relative to any characters of that number. */
  private static double probability(Entry entry, double[] factors, int length) {
    return entry.share()
        * factors[entry.country()]
        * Math.exp(length * LOG_CHARACTERS - entry.shape().logSize());
  }

  private double anyText(int length) {
    return weights.anyText() * ANY_TEXT_LENGTHS[Math.min(length, ANY_TEXT_LENGTHS.length - 1)];
  }

  /**
   * @param bits of a text as long as those of the shape
   */
  private static boolean fits(PlateFormat.Shape shape, long[] bits) {
    long[] allowed = shape.allowed();
    for (int i = 0; i < allowed.length; i++) {
      if ((bits[i] & allowed[i]) == 0) {
        return false;
      }
    }
    return true;
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

  /**
   * By how much each country becomes more or less probable where some are expected or were seen.
   * Expected ones get the hinted share, each half of what the one before it got, and the others the
   * rest.
   *
   * @param regions expected countries, most likely first; empty means any
   * @param seen what the picture says of countries and groups of them ({@code eu}), 0..1 each;
   *     empty where nothing is known
   */
  public Expectation expectation(List<String> regions, Map<String, Double> seen) {
    double[] factors = new double[countryShares.length];
    Arrays.fill(factors, 1);
    List<Integer> expected = new ArrayList<>();
    for (String region : regions) {
      Integer country = countries.get(region);
      if (country != null && !expected.contains(country)) {
        expected.add(country);
      }
    }
    if (!expected.isEmpty()) {
      Arrays.fill(factors, 1 - weights.hinted());
      double part = weights.hinted() / (2 - Math.pow(0.5, expected.size() - 1.0));
      for (int country : expected) {
        factors[country] += part / countryShares[country];
        part /= 2;
      }
    }
    if (!seen.isEmpty()) {
      for (Map.Entry<String, Integer> country : countries.entrySet()) {
        double share = seen.getOrDefault(group(country.getKey(), seen), 0.0) * seen.size();
        factors[country.getValue()] *= weights.seen() * share + 1 - weights.seen();
      }
    }
    return new Expectation(factors);
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

  private static List<PlateFormat> read() {
    try (InputStream in = RegionTable.class.getResourceAsStream(FORMATS)) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      List<PlateFormat> formats = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        if (line.startsWith("#") || line.startsWith("country")) {
          continue;
        }
        String[] fields = line.split("\t", -1);
        if (fields.length != 4 || !fields[0].matches("[a-z]{2}")) {
          throw new IllegalStateException(
              "%s line %d: found '%s', expected country, weight, type and pattern"
                  .formatted(FORMATS, i + 1, line));
        }
        formats.add(
            new PlateFormat(
                fields[0],
                Double.parseDouble(fields[1]),
                fields[2].equals("-") ? null : fields[2],
                fields[3]));
      }
      return formats;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + FORMATS, e);
    }
  }
}
