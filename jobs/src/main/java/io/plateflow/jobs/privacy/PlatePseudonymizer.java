package io.plateflow.jobs.privacy;

import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.parking.GateEvent;
import io.plateflow.schemas.parking.ParkingVisit;
import io.plateflow.schemas.parking.VisitUpdate;
import io.plateflow.schemas.pass.Alert;
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
    return pass.listed() ? pass : hidden(pass, hash);
  }

  private static VehiclePass hidden(VehiclePass pass, PlateHash hash) {
    PassPlate plate = pass.plate();
    if (plate == null) {
      return pass;
    }
    // Where the reads were too unsure for a text, they tell the plate all the same.
    String told = plate.text().isEmpty() ? "" : hash.of(plate.text());
    return pass.withPlate(plate.hiddenAs(told));
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
                visit.matchDistance()));
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
        ? alert
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
