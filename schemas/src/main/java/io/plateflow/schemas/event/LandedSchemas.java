package io.plateflow.schemas.event;

import io.plateflow.schemas.avro.AccessEvent;
import io.plateflow.schemas.avro.AccessListEvent;
import io.plateflow.schemas.avro.AlertEvent;
import io.plateflow.schemas.avro.CameraStatusEvent;
import io.plateflow.schemas.avro.CorrectionEvent;
import io.plateflow.schemas.avro.ListEntryEvent;
import io.plateflow.schemas.avro.ParkingVisitEvent;
import io.plateflow.schemas.avro.PlateReadEvent;
import io.plateflow.schemas.avro.PlateStatusEvent;
import io.plateflow.schemas.avro.RejectedEvent;
import io.plateflow.schemas.avro.RuleEvent;
import io.plateflow.schemas.avro.SiteEvent;
import io.plateflow.schemas.avro.VehiclePassEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaParser;
import org.jspecify.annotations.Nullable;

/**
 * Every schema that events were ever written with, by the fingerprint that their bytes begin with:
 * those of {@code avro/landed}, by version, and today's.
 */
final class LandedSchemas {

  private static final String FOLDER = "/avro/landed/";

  private static final Map<String, Schema> TODAY =
      Map.ofEntries(
          Map.entry("access", AccessEvent.getClassSchema()),
          Map.entry("access-list", AccessListEvent.getClassSchema()),
          Map.entry("alert", AlertEvent.getClassSchema()),
          Map.entry("camera-status", CameraStatusEvent.getClassSchema()),
          Map.entry("correction", CorrectionEvent.getClassSchema()),
          Map.entry("list-entry", ListEntryEvent.getClassSchema()),
          Map.entry("parking-visit", ParkingVisitEvent.getClassSchema()),
          Map.entry("plate-read", PlateReadEvent.getClassSchema()),
          Map.entry("plate-status", PlateStatusEvent.getClassSchema()),
          Map.entry("rejected", RejectedEvent.getClassSchema()),
          Map.entry("rule", RuleEvent.getClassSchema()),
          Map.entry("site", SiteEvent.getClassSchema()),
          Map.entry("vehicle-pass", VehiclePassEvent.getClassSchema()));

  private static final List<Map<String, Schema>> VERSIONS = read();
  private static final Map<Long, Schema> BY_FINGERPRINT = byFingerprint();

  private LandedSchemas() {}

  /** Schemas by the names of their files, the oldest version first; today's are not among them. */
  static List<Map<String, Schema>> versions() {
    return VERSIONS;
  }

  /** Today's schemas by the names of their files. */
  static Map<String, Schema> today() {
    return TODAY;
  }

  /** The schema that has this fingerprint (CRC-64-AVRO of its canonical form), or null. */
  static @Nullable Schema find(long fingerprint) {
    return BY_FINGERPRINT.get(fingerprint);
  }

  private static Map<Long, Schema> byFingerprint() {
    Map<Long, Schema> found = new HashMap<>();
    for (Map<String, Schema> version : VERSIONS) {
      version.values().forEach(s -> found.put(SchemaNormalization.parsingFingerprint64(s), s));
    }
    // Last: a landed schema that is today's as well stands for the same bytes.
    TODAY.values().forEach(s -> found.put(SchemaNormalization.parsingFingerprint64(s), s));
    return Map.copyOf(found);
  }

  private static List<Map<String, Schema>> read() {
    List<Map<String, Schema>> versions = new ArrayList<>();
    Map<String, Schema> version = read(1);
    while (!version.isEmpty()) {
      versions.add(version);
      version = read(versions.size() + 1);
    }
    return List.copyOf(versions);
  }

  private static Map<String, Schema> read(int number) {
    Map<String, Schema> version = new HashMap<>();
    for (String name : TODAY.keySet()) {
      String resource = "%s%d/%s.avsc".formatted(FOLDER, number, name);
      try (InputStream in = LandedSchemas.class.getResourceAsStream(resource)) {
        if (in != null) {
          version.put(name, new SchemaParser().parse(in).mainSchema());
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read " + resource, e);
      }
    }
    return Map.copyOf(version);
  }
}
