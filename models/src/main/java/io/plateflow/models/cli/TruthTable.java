package io.plateflow.models.cli;

import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What pictures really show: a table with tabs between columns and their names in the first line.
 * Columns that are read: {@code image} or {@code file}; {@code plate_text}, where {@code *} stands
 * for a character nobody can read; {@code plate_box_xyxy} or {@code x y w h}; {@code
 * vehicle_class}, {@code vehicle_box_xyxy}; {@code region}.
 */
final class TruthTable {

  /**
   * One vehicle, plate or both.
   *
   * @param image name of the picture's file
   * @param plate letters, digits and {@code *}; empty where there is none to read
   * @param plateBox null where the table has none
   * @param vehicleClass null where the table has none
   * @param vehicleBox null where the table has none
   * @param region group that figures are printed for, or null
   */
  record Row(
      String image,
      String plate,
      @Nullable BoundingBox plateBox,
      @Nullable String vehicleClass,
      @Nullable BoundingBox vehicleBox,
      @Nullable String region) {}

  private TruthTable() {}

  static List<Row> read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String[] columns = lines.isEmpty() ? new String[0] : lines.get(0).split("\t", -1);
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      Map<String, String> values = new HashMap<>();
      String[] cells = lines.get(i).split("\t", -1);
      for (int c = 0; c < Math.min(columns.length, cells.length); c++) {
        if (!cells[c].isBlank()) {
          values.put(columns[c].strip(), cells[c].strip());
        }
      }
      rows.add(row(file, i + 1, values));
    }
    return rows;
  }

  private static Row row(Path file, int line, Map<String, String> values) throws IOException {
    String image = values.getOrDefault("image", values.get("file"));
    if (image == null) {
      throw new IOException(
          "%s line %d: found no image, expected a column 'image' or 'file'".formatted(file, line));
    }
    try {
      return new Row(
          Path.of(image).getFileName().toString(),
          plate(values.getOrDefault("plate_text", "")),
          plateBox(values),
          values.get("vehicle_class"),
          corners(values.get("vehicle_box_xyxy")),
          values.get("region"));
    } catch (IllegalArgumentException e) {
      throw new IOException("%s line %d: %s".formatted(file, line, e.getMessage()), e);
    }
  }

  /** Upper case, without spaces; the sign for an unreadable character stays. */
  private static String plate(String text) {
    StringBuilder out = new StringBuilder();
    for (char c : text.toCharArray()) {
      out.append(c == '*' ? "*" : PlateText.normalise(String.valueOf(c)));
    }
    return out.toString();
  }

  private static @Nullable BoundingBox plateBox(Map<String, String> values) {
    if (values.containsKey("plate_box_xyxy")) {
      return corners(values.get("plate_box_xyxy"));
    }
    if (!values.containsKey("w")) {
      return null;
    }
    double x = number(values, "x");
    double y = number(values, "y");
    return new BoundingBox(x, y, x + number(values, "w"), y + number(values, "h"));
  }

  private static double number(Map<String, String> values, String column) {
    String text = values.get(column);
    if (text == null) {
      throw new IllegalArgumentException(
          "found no %s, expected a number for each of x, y, w and h".formatted(column));
    }
    return Double.parseDouble(text);
  }

  private static @Nullable BoundingBox corners(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String[] parts = text.split("\\s+");
    if (parts.length != 4) {
      throw new IllegalArgumentException("found box '%s', expected four numbers".formatted(text));
    }
    return new BoundingBox(
        Double.parseDouble(parts[0]),
        Double.parseDouble(parts[1]),
        Double.parseDouble(parts[2]),
        Double.parseDouble(parts[3]));
  }
}
