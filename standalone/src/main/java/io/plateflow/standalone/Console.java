package io.plateflow.standalone;

import io.plateflow.schemas.avro.AccessEvent;
import io.plateflow.schemas.avro.AccessOutcome;
import io.plateflow.schemas.avro.AlertEvent;
import io.plateflow.schemas.avro.CameraStatusEvent;
import io.plateflow.schemas.avro.ListMatchEvent;
import io.plateflow.schemas.avro.RejectedEvent;
import io.plateflow.schemas.avro.VehiclePassEvent;
import io.plateflow.schemas.lists.ListIds;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints passes as a growing table, alerts, what gates are told, and the state of the cameras. */
public final class Console {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);
  private static final String ROW =
      "  %-8s  %-14s  %-7s  %-10s  %-13s  %-11s  %-22s  %5s  %5s  %s%n";

  private final PrintStream out;
  private final Map<String, ZoneId> zones;
  private final boolean colour;
  private final Map<String, CameraStatusEvent> cameras = new LinkedHashMap<>();
  private final Map<String, String> printedStates = new HashMap<>();
  private Instant lastProgress = Instant.now();
  private boolean headed;

  public Console(PrintStream out, Map<String, ZoneId> zones) {
    this.out = out;
    this.zones = zones;
    // A terminal understands colours; a file or pipe gets plain text.
    this.colour = System.console() != null && System.getenv("NO_COLOR") == null;
  }

  synchronized void line(String text) {
    out.println(text);
    out.flush();
  }

  synchronized void pass(VehiclePassEvent pass) {
    if (!headed) {
      out.println();
      out.printf(
          ROW, "time", "camera", "gate", "vehicle", "plate", "type", "region", "score", "reads",
          "status");
      headed = true;
    }
    String status = pass.getStatus();
    if (pass.getMatchDistance() != null && pass.getMatchDistance() > 0) {
      status += " (near " + pass.getListedPlate() + ")";
    }
    String read = pass.getPlateNumber() != null ? pass.getPlateNumber() : pass.getPlate();
    out.printf(
        ROW,
        TIME.format(pass.getCapturedAt().atZone(zone(pass.getCameraId()))),
        cut(pass.getCameraId(), 14),
        pass.getGate(),
        text(pass.getVehicleClass()),
        read == null || read.isEmpty() ? "-" : read,
        text(pass.getPlateType()),
        cut(text(pass.getRegionName()), 22),
        pass.getReadScore() == null ? "" : "%.2f".formatted(pass.getReadScore()),
        pass.getReads() == 0 ? "" : pass.getAgreeingReads() + "/" + pass.getReads(),
        "unclassified".equals(status) ? "" : status);
    out.flush();
  }

  synchronized void alert(AlertEvent alert) {
    String text = alert.getRuleId() == null ? ofList(alert) : ofRule(alert);
    out.println(colour ? "\u001b[1;31m" + text + "\u001b[0m" : text);
    out.flush();
  }

  private String ofRule(AlertEvent alert) {
    String plate = alert.getPlate().isEmpty() ? "" : ", read " + alert.getPlate();
    String place = alert.getLocation().isEmpty() ? "" : " at " + alert.getLocation();
    return "  %s  ALERT %s: rule %s%s%s%s"
        .formatted(
            TIME.format(alert.getCapturedAt().atZone(zone(alert.getCameraId()))),
            alert.getState().name().toLowerCase(Locale.ROOT),
            alert.getRuleName(),
            plate,
            place,
            alert.getDetail() == null ? "" : ": " + alert.getDetail());
  }

  private String ofList(AlertEvent alert) {
    return "  %s  ALERT %s: %s is %s%s, read %s at %s (%s), score %.2f"
        .formatted(
            TIME.format(alert.getCapturedAt().atZone(zone(alert.getCameraId()))),
            alert.getState().name().toLowerCase(Locale.ROOT),
            alert.getListedPlate(),
            listed(alert),
            alert.getMatchDistance() > 0
                ? " (near match, distance %.1f of %.1f)"
                    .formatted(alert.getMatchDistance(), alert.getMatchTolerance())
                : "",
            alert.getPlate(),
            alert.getLocation(),
            alert.getGate(),
            alert.getScore());
  }

  private static String listed(AlertEvent alert) {
    List<ListMatchEvent> matches = alert.getMatches();
    return matches.isEmpty() || ListIds.builtIn(matches.get(0).getListId())
        ? alert.getStatus() + "ed"
        : "on the list " + matches.get(0).getListName();
  }

  /** What a gate may do; not what it may do for all the vehicles that nobody knows. */
  synchronized void access(AccessEvent access) {
    if (access.getOutcome() == AccessOutcome.UNKNOWN) {
      return;
    }
    out.printf(
        "  %s  GATE %s: %s at %s (%s)%n",
        TIME.format(access.getCapturedAt().atZone(zone(access.getCameraId()))),
        access.getOutcome().name().toLowerCase(Locale.ROOT),
        access.getPlate() == null ? "a vehicle" : access.getPlate(),
        access.getLocation(),
        access.getGate());
    out.flush();
  }

  synchronized void rejected(RejectedEvent rejected) {
    out.printf(
        "  REJECTED %s of %s at %d: %s%n",
        rejected.getKind(), rejected.getSource(), rejected.getPosition(), rejected.getReason());
    out.flush();
  }

  synchronized void camera(CameraStatusEvent status) {
    String id = status.getCameraId();
    cameras.put(id, status);
    String state = status.getState();
    // A camera that is tried again alternates between connecting and down: printed once.
    if (!"connecting".equals(state) && !state.equals(printedStates.put(id, state))) {
      out.println("  camera " + id + " " + state + detail(status));
    }
    Instant now = Instant.now();
    if ("up".equals(state) && now.isAfter(lastProgress.plus(PROGRESS_EVERY))) {
      lastProgress = now;
      StringBuilder line = new StringBuilder("  frames:");
      cameras.forEach((name, s) -> line.append("  %s %d".formatted(name, s.getFrames())));
      out.println(colour ? "\u001b[2m" + line + "\u001b[0m" : line);
    }
    out.flush();
  }

  private static String detail(CameraStatusEvent status) {
    return switch (status.getState()) {
      case "ended" -> " after %d frames".formatted(status.getFrames());
      case "down" -> status.getReason() == null ? "" : ": " + status.getReason();
      default -> "";
    };
  }

  private ZoneId zone(String camera) {
    return zones.getOrDefault(camera, ZoneId.systemDefault());
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }
}
