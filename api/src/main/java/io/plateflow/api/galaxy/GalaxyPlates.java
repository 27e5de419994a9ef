package io.plateflow.api.galaxy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;
import org.jspecify.annotations.Nullable;

/** What a plate says. Nothing is null: clients put the texts together. */
public final class GalaxyPlates {

  private GalaxyPlates() {}

  /** Adds the text and looks of a plate. */
  public static void putText(ObjectNode json, PlateRead read, PlateAttributes attributes) {
    String date = attributes.date();
    json.put("plate_number", text(attributes.number()));
    json.put("plate_date", date == null ? "" : date.replace('.', '/'));
    json.put("plate_text_color", text(attributes.textColor()));
    json.put("plate_background_color", text(attributes.backgroundColor()));
    json.put("plate_icon", text(attributes.icon()));
    json.put("plate_icon_color", text(attributes.iconColor()));
    json.put("plate_blue_strip", attributes.blueStrip() ? "yes" : "no");
    json.put("plate_type", text(attributes.type()));
    json.put("confidence_score", score(read.confidence()));
  }

  /** Adds where a plate comes from. */
  public static void putRegion(ObjectNode json, PlateAttributes attributes) {
    json.put("plate_region_code", text(attributes.regionCode()));
    json.put("plate_region_name", text(attributes.regionName()));
  }

  /** With four digits. */
  public static double score(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
