package io.plateflow.models.grammar;

import io.plateflow.schemas.region.Region;
import io.plateflow.schemas.region.RegionTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The known plate formats by the length of their texts, with the share of each country. */
final class PlateFormatTable {

  private static final String FORMATS = "/regions/plate-formats.tsv";
  private static final Set<String> PREFIXES_WITHOUT_AREA = Set.of("RI", "CD", "CC");

  private static final double LOG_CHARACTERS = Math.log(36);

  /**
   * One shape of a format.
   *
   * @param share of its texts among those of all plates, 0..1
   * @param country its number, from 0
   */
  record Entry(PlateFormat format, PlateFormat.Shape shape, double share, int country) {

    /**
     * @param bits of a text as long as those of the shape
     */
    boolean fits(long[] bits) {
      long[] allowed = shape.allowed();
      for (int i = 0; i < allowed.length; i++) {
        if ((bits[i] & allowed[i]) == 0) {
          return false;
        }
      }
      return true;
    }

    /** Probability of one text of the shape, relative to any characters of that number. */
    double probability(CountryExpectation expectation) {
      return share
          * expectation.factor(country)
          * Math.exp(shape.allowed().length * LOG_CHARACTERS - shape.logSize());
    }
  }

  private final Map<String, Integer> countries = new LinkedHashMap<>();
  private final double[] countryShares;
  private final Map<Integer, List<Entry>> byLength = new HashMap<>();

  PlateFormatTable() {
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
      int country = Objects.requireNonNull(countries.get(format.country()), "not numbered");
      countryShares[country] += format.weight() / total;
      List<PlateFormat.Shape> shapes = format.shapes(regions);
      for (PlateFormat.Shape shape : shapes) {
        byLength
            .computeIfAbsent(shape.allowed().length, length -> new ArrayList<>())
            .add(new Entry(format, shape, format.weight() / total / shapes.size(), country));
      }
    }
  }

  /** The number of each country, from 0. */
  Map<String, Integer> countries() {
    return countries;
  }

  /** Share of a country's plates among all, 0..1. */
  double countryShare(int country) {
    return countryShares[country];
  }

  List<Entry> entries(int length) {
    return byLength.getOrDefault(length, List.of());
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
