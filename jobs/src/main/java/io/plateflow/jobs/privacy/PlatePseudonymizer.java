package io.plateflow.jobs.privacy;

import io.plateflow.jobs.pass.NotedCorrection;
import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.corrections.Correction;
import io.plateflow.schemas.corrections.CorrectionKind;
import io.plateflow.schemas.corrections.CorrectionKind.Aspect;
import io.plateflow.schemas.parking.GateEvent;
import io.plateflow.schemas.parking.ParkingVisit;
import io.plateflow.schemas.parking.VisitUpdate;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.AsRead;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.rules.RuleAlert;
import io.plateflow.schemas.rules.RuleFacts;
import org.jspecify.annotations.Nullable;

/** Replaces plates that are on no list by their hash. */
public final class PlatePseudonymizer {

  private PlatePseudonymizer() {}

  /** The pass; unless its plate is listed, with a hash for the plate. */
  public static VehiclePass pass(VehiclePass pass, PlateHash hash) {
    return pass.listed() ? withHiddenReads(pass, hash) : hidden(pass, hash);
  }

  /** What was read before people corrected it to a listed plate may have been on no list. */
  private static VehiclePass withHiddenReads(VehiclePass pass, PlateHash hash) {
    AsRead read = pass.asRead();
    PassPlate plate = read == null ? null : read.plate();
    if (read == null || plate == null || read.listed() || plate.text().equals(pass.plateText())) {
      return pass;
    }
    VehiclePass hidden = pass.withAsRead(read.withPlate(hidden(plate, hash)));
    PassPlate now = pass.plate();
    // Its looks say what was read.
    return now == null ? hidden : hidden.withPlateTold(now.withoutReads());
  }

  private static VehiclePass hidden(VehiclePass pass, PlateHash hash) {
    AsRead read = pass.asRead();
    PassPlate before = read == null ? null : read.plate();
    VehiclePass told =
        read == null || before == null || read.listed()
            ? pass
            : pass.withAsRead(read.withPlate(hidden(before, hash)));
    PassPlate plate = told.plate();
    return plate == null ? told : told.withPlate(hidden(plate, hash));
  }

  private static PassPlate hidden(PassPlate plate, PlateHash hash) {
    // Where the reads were too unsure for a text, they tell the plate all the same. One that comes
    // from the tables may be hidden already.
    String text = plate.text();
    return plate.hiddenAs(text.isEmpty() || text.startsWith("#") ? text : hash.of(text));
  }

  /** The correction: plates of vehicles that are on no list stand as hashes. */
  public static NotedCorrection correction(NotedCorrection noted, PlateHash hash) {
    Correction correction = noted.correction();
    boolean plates =
        correction.kind().aspect() == Aspect.PLATE
            || correction.kind() == CorrectionKind.VISIT_JOIN;
    return plates
        ? new NotedCorrection(
            correction.withPlates(
                hidden(correction.from(), hash),
                noted.listed() ? correction.to() : hidden(correction.to(), hash)),
            noted.listed())
        : noted;
  }

  private static @Nullable String hidden(@Nullable String plate, PlateHash hash) {
    return plate == null || plate.isEmpty() || plate.startsWith("#") ? plate : hash.of(plate);
  }

  /**
   * The visit. Its id begins with the plate's look-alike class, which is always hidden: the same
   * visit must have the same id for ever.
   */
  public static VisitUpdate visit(VisitUpdate update, PlateHash hash) {
    String id = visitId(update.visitId(), hash);
    ParkingVisit visit = update.visit();
    return new VisitUpdate(
        id,
        hash.of(update.plate()),
        visit == null
            ? null
            : new ParkingVisit(
                id,
                visit.site(),
                visit.state(),
                event(visit.entry(), hash),
                event(visit.exit(), hash),
                visit.endedAt(),
                visit.vehicleClass(),
                visit.matchDistance(),
                visit.corrected()));
  }

  private static String visitId(String visitId, PlateHash hash) {
    int end = visitId.indexOf('-');
    return hash.of(visitId.substring(0, end)) + visitId.substring(end);
  }

  private static @Nullable GateEvent event(@Nullable GateEvent event, PlateHash hash) {
    return event == null || event.listed() ? event : event.withPlate(hash.of(event.plate()));
  }

  /**
   * The alert. A withdrawn one, whose vehicle has another plate after all, names a plate that may
   * be on no list; its listed plate stays, for it was published before.
   */
  public static Alert alert(Alert alert, PlateHash hash) {
    return alert.state() != Alert.State.WITHDRAWN
        ? alert.withPass(withHiddenReads(alert.pass(), hash))
        : alert.withPass(hidden(alert.pass(), hash));
  }

  /** What a rule raised: that a rule is met does not count as being on a list. */
  public static RuleAlert ruleAlert(RuleAlert alert, PlateHash hash) {
    RuleAlert.Subject subject = alert.subject();
    RuleFacts facts = subject.facts();
    VehiclePass pass = subject.pass();
    if (facts.plate().isEmpty() && pass == null) {
      return alert;
    }
    String plate =
        subject.listed() || facts.plate().isEmpty() ? facts.plate() : hash.of(facts.plate());
    if (pass != null) {
      return alert.withSubject(
          new RuleAlert.Subject(
              facts.hiddenAs(facts.id(), plate), subject.listed(), pass(pass, hash)));
    }
    return alert.withSubject(
        new RuleAlert.Subject(
            facts.hiddenAs(visitId(facts.id(), hash), plate), subject.listed(), null));
  }

  /** The decision at a gate. */
  public static AccessDecision access(AccessDecision decision, PlateHash hash) {
    return decision.withPass(pass(decision.pass(), hash));
  }
}
