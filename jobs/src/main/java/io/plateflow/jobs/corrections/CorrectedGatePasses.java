package io.plateflow.jobs.corrections;

import io.plateflow.clients.corrections.PassAtGate;
import io.plateflow.jobs.pass.GatePass;
import io.plateflow.jobs.pass.GateReport;
import io.plateflow.jobs.pass.VisitHint;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.corrections.Correction;
import io.plateflow.schemas.corrections.CorrectionKind;
import io.plateflow.schemas.corrections.CorrectionKind.Aspect;
import io.plateflow.schemas.corrections.PassCorrections;
import io.plateflow.schemas.pass.VehiclePass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What corrections of a pass mean for the visits: under which plates and places it counts. */
public final class CorrectedGatePasses {

  /** Above those of reads and of Gemini's answers. */
  private static final int FIRST_REVISION = 2;

  private CorrectedGatePasses() {}

  /**
   * Everything that is to be said of a corrected pass: it is taken back wherever it ever counted,
   * and counts where it is now. It depends on the pass and its corrections alone, not on what was
   * told before.
   *
   * @param corrected matched; null where the pass is gone
   * @param local what the rungs of this machine read; empty where that never counted
   * @param neighbours passes of the tables from which the visits are derived anew; of those in
   *     state parking knows itself
   * @param corrections of all passes
   */
  public static List<GateReport> of(
      VehiclePass recorded,
      @Nullable VehiclePass corrected,
      String local,
      List<PassAtGate> neighbours,
      CorrectionIndex corrections) {
    PassCorrections made = corrections.of(recorded.passId());
    if (made.erased()) {
      // Its visits stay as counts; the tables take care that they tell nothing.
      return List.of();
    }
    int revision = FIRST_REVISION + made.all().size();
    Map<String, GatePass> report = new LinkedHashMap<>();
    for (Place place : places(recorded, made)) {
      for (String plate : plates(recorded, made, local)) {
        put(report, gatePass(recorded, place, plate, revision, true, null));
      }
      for (Correction join : made.all()) {
        String entry = join.entryPassId();
        String plate = join.to();
        if (join.kind() == CorrectionKind.VISIT_JOIN && entry != null && known(plate)) {
          VisitHint hint = new VisitHint(entry, plate, List.of(), null);
          put(report, gatePass(recorded, place, recorded.plateText(), revision, true, hint));
        }
      }
    }
    if (corrected != null && known(corrected.plateText()) && atGate(corrected.place())) {
      put(
          report,
          gatePass(
              corrected,
              corrected.place(),
              corrected.plateText(),
              revision,
              false,
              hint(made)));
    }
    return reports(report.values(), neighbours, corrections);
  }

  private static List<GateReport> reports(
      Collection<GatePass> told, List<PassAtGate> neighbours, CorrectionIndex corrections) {
    List<GatePass> others =
        neighbours.stream().map(near -> neighbour(near, corrections.of(near.passId()))).toList();
    List<GateReport> reports = new ArrayList<>();
    for (GatePass pass : told) {
      if (neighbours.isEmpty()) {
        reports.add(GateReport.of(pass));
        continue;
      }
      List<GatePass> passes = new ArrayList<>();
      passes.add(pass);
      Instant from = pass.at();
      for (GatePass other : others) {
        boolean another = !other.passId().equals(pass.passId());
        if (another && other.key().equals(pass.key())) {
          passes.add(other);
        }
        if (another && other.passId().equals(pass.joinedEntry()) && other.at().isBefore(from)) {
          // The joined visit waited from its entry on.
          from = other.at();
        }
      }
      reports.add(new GateReport(passes, from));
    }
    return reports;
  }

  /** A pass near a corrected one, as the tables have it: what is known of it otherwise holds. */
  private static GatePass neighbour(PassAtGate pass, PassCorrections made) {
    return new GatePass(
        pass.passId(),
        GatePass.LOOKED_UP,
        pass.place(),
        pass.plate(),
        pass.at(),
        pass.vehicleClass(),
        false,
        pass.listed(),
        hint(made));
  }

  /** What people said of the visits that it is part of, or null. */
  static @Nullable VisitHint hint(PassCorrections made) {
    Correction join = null;
    Correction close = null;
    Set<String> apart = new LinkedHashSet<>();
    for (Correction one : made.all()) {
      if (one.removed() || one.kind().aspect() != Aspect.VISIT) {
        continue;
      }
      String entry = one.entryPassId();
      if (one.kind() == CorrectionKind.VISIT_CLOSE) {
        close = one;
      } else if (one.kind() == CorrectionKind.VISIT_JOIN && entry != null && known(one.to())) {
        join = one;
        apart.remove(entry);
      } else if (one.kind() == CorrectionKind.VISIT_SPLIT && entry != null) {
        apart.add(entry);
        join = join != null && entry.equals(join.entryPassId()) ? null : join;
      }
    }
    return join == null && close == null && apart.isEmpty()
        ? null
        : new VisitHint(
            join == null ? null : join.entryPassId(),
            join == null ? null : join.to(),
            List.copyOf(apart),
            close == null ? null : close.at());
  }

  private static Set<Place> places(VehiclePass recorded, PassCorrections made) {
    Set<Place> places = new LinkedHashSet<>();
    places.add(recorded.place());
    for (Correction one : made.all()) {
      if (one.kind() == CorrectionKind.LOCATION) {
        places.add(PassCorrector.place(recorded.place(), one));
      }
    }
    places.removeIf(place -> !atGate(place));
    return places;
  }

  private static List<String> plates(VehiclePass recorded, PassCorrections made, String local) {
    List<String> plates = new ArrayList<>(made.plates());
    plates.add(recorded.plateText());
    plates.add(local);
    plates.removeIf(plate -> !known(plate));
    return plates;
  }

  private static GatePass gatePass(
      VehiclePass pass,
      Place place,
      String plate,
      int revision,
      boolean retracted,
      @Nullable VisitHint hint) {
    return new GatePass(
        pass.passId(),
        revision,
        place,
        plate,
        pass.frame().capturedAt(),
        pass.vehicleClass(),
        retracted,
        pass.listed(),
        hint);
  }

  private static void put(Map<String, GatePass> report, GatePass pass) {
    report.put(pass.key(), pass);
  }

  private static boolean atGate(Place place) {
    return place.gate() != GateType.PASSAGE;
  }

  /** Hidden plates have no look by which visits could be told apart. */
  private static boolean known(@Nullable String plate) {
    return plate != null && !plate.isEmpty() && !plate.startsWith("#");
  }
}
