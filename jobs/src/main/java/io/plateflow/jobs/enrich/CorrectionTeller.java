package io.plateflow.jobs.enrich;

import io.plateflow.clients.corrections.PassAtGate;
import io.plateflow.clients.corrections.RecordedPass;
import io.plateflow.jobs.corrections.CorrectedGatePasses;
import io.plateflow.jobs.corrections.CorrectionIndex;
import io.plateflow.jobs.corrections.PassCorrector;
import io.plateflow.jobs.enrich.PassTeller.Cause;
import io.plateflow.jobs.enrich.PassTeller.SideOutput;
import io.plateflow.jobs.evidence.ListedPictures;
import io.plateflow.jobs.pass.GatePass;
import io.plateflow.jobs.pass.GateReport;
import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.PassUpdate.Stage;
import io.plateflow.jobs.pass.SideOutputs;
import io.plateflow.schemas.access.AccessDecision.Reason;
import io.plateflow.schemas.corrections.Correction;
import io.plateflow.schemas.corrections.CorrectionKind;
import io.plateflow.schemas.corrections.PassCorrections;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.pass.AsRead;
import io.plateflow.schemas.pass.VehiclePass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tells of each pass what the lists say of it as people have corrected it. */
final class CorrectionTeller {

  /** Corrections that come later raise nothing new; long enough for all rows to be written. */
  static final Duration RECENTLY = Duration.ofMinutes(5);

  private final CorrectionIndex corrections;
  private final ListState lists;
  private final ListedPictures pictures;
  private final PassTeller teller;
  private final EnrichMetrics metrics;
  private final PassCorrector corrector = new PassCorrector();

  CorrectionTeller(
      CorrectionIndex corrections,
      ListState lists,
      ListedPictures pictures,
      PassTeller teller,
      EnrichMetrics metrics) {
    this.corrections = corrections;
    this.lists = lists;
    this.pictures = pictures;
    this.teller = teller;
    this.metrics = metrics;
  }

  /**
   * Tells of a pass that came from the cameras, or of other programs' reads. In a replay
   * corrections that came late come late again: what they began nothing of stays so.
   *
   * @param recorded the pass without corrections, with the evidence that is kept
   * @param update with the pass as it is corrected
   */
  OpenPass tell(
      @Nullable OpenPass known,
      PassUpdate update,
      VehiclePass recorded,
      List<ListMatch> matches,
      SideOutput sides) {
    Instant last = recorded.seen().last();
    PassCorrections made = corrections.of(recorded.passId());
    PassCorrections soon = soon(recorded, made);
    if (soon.all().size() == made.all().size()) {
      return teller.tell(known, update, recorded, made.plates(), matches, last, Cause.FRAME, sides);
    }
    VehiclePass before = staying(recorded, soon);
    OpenPass told =
        teller.tell(
            known,
            update.withPass(before),
            recorded,
            soon.plates(),
            matches(before),
            last,
            Cause.FRAME,
            sides);
    return update.ended()
        ? teller.tell(
            told, update, recorded, made.plates(), matches, last, Cause.LATE_CORRECTION, sides)
        : told;
  }

  /** Tells of a pass in progress that the lists may say something else of now. */
  OpenPass reconsider(OpenPass known, Predicate<String> concerned, SideOutput sides) {
    VehiclePass recorded = known.pass();
    PassCorrections made = corrections.of(recorded.passId());
    VehiclePass pass = staying(recorded, soon(recorded, made));
    // Of an import of many entries hardly one concerns a vehicle in view.
    return made.gone() || !concerned.test(pass.plateText())
        ? known
        : teller.tell(
            known,
            known.unchanged(known.written() ? Stage.STANDING : Stage.PROVISIONAL).withPass(pass),
            recorded,
            made.plates(),
            matches(pass),
            pass.seen().last(),
            Cause.CHANGE,
            sides);
  }

  /**
   * Tells of a pass that was just corrected.
   *
   * @param update with the pass as it was recorded
   * @param local what the rungs of this machine read where Gemini was asked as well; else empty
   * @param rows what the tables know of it, or null
   */
  OpenPass correct(
      OpenPass known,
      PassUpdate update,
      String local,
      @Nullable RecordedPass rows,
      Correction correction,
      Consumer<VehiclePass> out,
      SideOutput sides)
      throws InterruptedException {
    metrics.correctedByPeople(correction.kind());
    List<PassAtGate> neighbours = rows == null ? List.of() : rows.neighbours();
    VehiclePass pass = corrected(known.pass());
    if (pass == null) {
      return remove(known, update, local, neighbours, sides);
    }
    List<ListMatch> matches = matches(pass);
    if (rows == null || rows.heldBy().isEmpty()) {
      pass = pictures.keepListed(pass, matches);
    }
    VehiclePass recorded = known.pass().withEvidence(pass.evidence());
    boolean soon = !correction.changedAt().isAfter(recorded.seen().last().plus(RECENTLY));
    OpenPass told =
        teller.tell(
            known,
            update.withPass(pass),
            recorded,
            corrections.of(recorded.passId()).plates(),
            matches,
            recorded.seen().last(),
            soon ? Cause.CHANGE : Cause.LATE_CORRECTION,
            sides);
    if (update.ended()) {
      VehiclePass matched = pass.withMatches(matches);
      out.accept(matched);
      tellParking(recorded, matched, local, neighbours, sides);
    }
    return told;
  }

  /**
   * Takes back whatever was told of a pass that people deleted; of an erased one nothing is told.
   */
  OpenPass remove(
      @Nullable OpenPass known,
      PassUpdate update,
      String local,
      List<PassAtGate> neighbours,
      SideOutput sides)
      throws InterruptedException {
    OpenPass none = new OpenPass(update.pass(), null, update.ended(), null);
    if (known != null && !known.written()) {
      // With its row the tables decide: it may be held.
      pictures.discard(known.pass());
    }
    PassCorrections made = corrections.of(update.pass().passId());
    if (made.erased()) {
      return none;
    }
    if (update.ended()) {
      tellParking(update.pass(), null, local, neighbours, sides);
    }
    return known == null
        ? none
        : teller.takeBack(known, update, made.plates(), Reason.REMOVED, sides);
  }

  /** Emits a pass with what follows from it for parking. */
  void write(
      VehiclePass matched,
      VehiclePass recorded,
      PassUpdate update,
      Consumer<VehiclePass> out,
      SideOutput sides) {
    out.accept(matched);
    if (corrections.of(matched.passId()).isEmpty()) {
      for (GatePass atGate : GatePass.of(matched, update.local(), update.asked())) {
        sides.put(SideOutputs.GATE_PASSES, GateReport.of(atGate));
      }
    } else {
      tellParking(recorded, matched, update.localText(), List.of(), sides);
    }
  }

  private void tellParking(
      VehiclePass recorded,
      @Nullable VehiclePass matched,
      String local,
      List<PassAtGate> neighbours,
      SideOutput sides) {
    for (GateReport report :
        CorrectedGatePasses.of(recorded, matched, local, neighbours, corrections)) {
      sides.put(SideOutputs.GATE_PASSES, report);
    }
  }

  /**
   * The pass with its corrections, not matched.
   *
   * @return null where it is to be gone
   */
  @Nullable VehiclePass corrected(VehiclePass recorded) {
    return corrected(recorded, corrections.of(recorded.passId()));
  }

  private @Nullable VehiclePass corrected(VehiclePass recorded, PassCorrections made) {
    VehiclePass pass = corrector.apply(recorded, made);
    AsRead read = pass == null ? null : pass.asRead();
    return pass == null || read == null || read.plateText().isEmpty()
        ? pass
        : pass.withAsRead(read.withListed(recorded.withMatches(matches(recorded)).listed()));
  }

  /** The pass with some of its corrections; as it was recorded where they say that it is gone. */
  private VehiclePass staying(VehiclePass recorded, PassCorrections made) {
    VehiclePass pass = corrected(recorded, made);
    return pass == null ? recorded : pass;
  }

  /** The corrections that came soon enough to raise what a read would have raised. */
  private static PassCorrections soon(VehiclePass recorded, PassCorrections made) {
    return made.until(recorded.seen().last().plus(RECENTLY));
  }

  /** What the lists say of the pass. */
  List<ListMatch> matches(VehiclePass pass) {
    return matches(pass.plateText(), pass);
  }

  /** What the lists say of a plate where and when this pass was. */
  private List<ListMatch> matches(String plate, VehiclePass pass) {
    if (plate.startsWith("#")) {
      // Hidden, and read back from the tables: it was on no list, and its hash means nothing.
      return List.of();
    }
    return lists.index().matches(plate, pass.place(), pass.seen().first(), pass.seen().last());
  }

  /** Whether the correction gives a plate that is on a list at its pass. */
  boolean listed(Correction correction, @Nullable VehiclePass pass) {
    String plate = correction.to();
    boolean gives =
        correction.kind() == CorrectionKind.PLATE || correction.kind() == CorrectionKind.VISIT_JOIN;
    return pass != null
        && plate != null
        && gives
        && pass.withMatches(matches(plate, pass)).listed();
  }
}
