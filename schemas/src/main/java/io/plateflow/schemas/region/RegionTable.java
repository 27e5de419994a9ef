package io.plateflow.schemas.region;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The codes of Indonesian plates with the areas they stand for. */
public final class RegionTable {

  private static final String RESOURCE = "/regions/indonesia.tsv";
  private static final RegionTable INDONESIA = read();

  private final Map<String, Region> byCode = new LinkedHashMap<>();
  private final Map<String, Region> bySeries = new LinkedHashMap<>();
  private final List<Region> districts = new ArrayList<>();

  private RegionTable(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      String[] fields = lines.get(i).split("\t", -1);
      if (lines.get(i).startsWith("#") || fields[0].equals("code")) {
        continue;
      }
      if (fields.length != 3 || !fields[0].matches("[A-Z]{1,2}") || !fields[1].matches("[A-Z]*")) {
        throw new IllegalStateException(
            "%s line %d: found '%s', expected code, series and name"
                .formatted(RESOURCE, i + 1, lines.get(i)));
      }
      add(new Region(fields[0], fields[1], fields[2]));
    }
  }

  private void add(Region region) {
    if (region.series().isEmpty()) {
      byCode.put(region.code(), region);
      return;
    }
    districts.add(region);
    for (char letter : region.series().toCharArray()) {
      bySeries.put(region.code() + " " + letter, region);
    }
  }

  public static RegionTable indonesia() {
    return INDONESIA;
  }

  /** Every code, in the order of the islands from west to east. */
  public List<Region> regions() {
    return List.copyOf(byCode.values());
  }

  /** The parts of areas that are told apart by the letters behind the number. */
  public List<Region> districts() {
    return List.copyOf(districts);
  }

  /** The area of a code, or null where there is no such code. */
  public @Nullable Region region(String code) {
    return byCode.get(code);
  }

  /** The part of the area that a plate's last group belongs to, or null where it is not known. */
  public @Nullable Region district(String code, String letters) {
    return letters.isEmpty() ? null : bySeries.get(code + " " + letters.charAt(0));
  }

  private static RegionTable read() {
    try (InputStream in = RegionTable.class.getResourceAsStream(RESOURCE)) {
      byte[] table = Objects.requireNonNull(in, RESOURCE).readAllBytes();
      return new RegionTable(new String(table, StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + RESOURCE, e);
    }
  }
}
