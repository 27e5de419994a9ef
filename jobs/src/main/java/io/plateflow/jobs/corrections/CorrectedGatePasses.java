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
import java.util.ArrayList;
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
    Map<String, GatePass> told = new LinkedHashMap<>();
    List<String> entries = new ArrayList<>();
    List<String> plates = plates(recorded, made, local);
    int revision = revision(made);
    for (Place place : places(recorded, made)) {
      for (String plate : plates) {
        put(told, gatePass(recorded, place, plate, revision, true, null));
      }
      for (Correction join : made.all()) {
        String entry = join.entryPassId();
        String plate = join.to();
        if (join.kind() == CorrectionKind.VISIT_JOIN
            && entry != null
            && plate != null
            && known(plate)) {
          entries.add(entry);
          for (String other : platesOf(entry, plate, corrections)) {
            VisitHint hint = VisitHint.joined(entry, other);
            put(told, gatePass(recorded, place, recorded.plateText(), revision, true, hint));
          }
        }
      }
    }
    String now = corrected == null ? "" : corrected.plateText();
    if (corrected != null && known(now) && atGate(corrected.place())) {
      put(
          told,
          gatePass(corrected, corrected.place(), now, revision, false, hint(made, corrections)));
    }
    for (PassAtGate near : neighbours) {
      tellJoined(near, recorded.passId(), now, plates, corrections, told);
    }
    List<GatePass> others = neighbours.stream().map(near -> neighbour(near, corrections)).toList();
    return neighbours.isEmpty()
        ? told.values().stream().map(GateReport::of).toList()
        : GateReport.reports(told.values(), entries, others);
  }

  /** An exit that was joined to the corrected entry goes where the entry goes. */
  private static void tellJoined(
      PassAtGate exit,
      String entry,
      String plateNow,
      List<String> plates,
      CorrectionIndex corrections,
      Map<String, GatePass> told) {
    PassCorrections made = corrections.of(exit.passId());
    VisitHint hint = hint(made, corrections);
    if (hint == null || !entry.equals(hint.entryPassId())) {
      return;
    }
    GatePass pass = neighbour(exit, corrections).withRevision(revision(made));
    for (String plate : plates) {
      if (!plate.equals(plateNow)) {
        GatePass before = pass.withHint(VisitHint.joined(entry, plate));
        told.putIfAbsent(exit.passId() + before.key(), before.retracted(before.revision()));
      }
    }
    told.put(exit.passId() + pass.key(), pass);
  }

  /** Above those of reads and of Gemini's answers, and more with every correction. */
  private static int revision(PassCorrections made) {
    return FIRST_REVISION + made.all().size();
  }

  /** A pass near a corrected one, as the tables have it: what is known of it otherwise holds. */
  private static GatePass neighbour(PassAtGate pass, CorrectionIndex corrections) {
    return new GatePass(
        pass.passId(),
        GatePass.LOOKED_UP,
        pass.place(),
        pass.plate(),
        pass.at(),
        pass.vehicleClass(),
        false,
        pass.listed(),
        hint(corrections.of(pass.passId()), corrections));
  }

  /** All plates that an entry was ever said to have. */
  private static List<String> platesOf(String entry, String plate, CorrectionIndex corrections) {
    List<String> plates = new ArrayList<>(corrections.of(entry).plates());
    plates.add(plate);
    return plates;
  }

  /** What people said of the visits that it is part of, or null. */
  static @Nullable VisitHint hint(PassCorrections made, CorrectionIndex corrections) {
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
    String entry = join == null ? null : join.entryPassId();
    String plate = join == null ? null : join.to();
    Correction said = entry == null ? null : corrections.of(entry).holding(Aspect.PLATE);
    if (said != null && known(said.to())) {
      plate = said.to();
    }
    return entry == null && close == null && apart.isEmpty()
        ? null
        : new VisitHint(entry, plate, List.copyOf(apart), close == null ? null : close.at());
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

  private static void put(Map<String, GatePass> told, GatePass pass) {
    told.put(pass.passId() + pass.key(), pass);
  }

  private static boolean atGate(Place place) {
    return place.gate() != GateType.PASSAGE;
  }

  /** Hidden plates have no look by which visits could be told apart. */
  private static boolean known(@Nullable String plate) {
    return plate != null && !plate.isEmpty() && !plate.startsWith("#");
  }
}
