package io.plateflow.schemas.event;

import io.plateflow.schemas.avro.AlertEvent;
import io.plateflow.schemas.avro.AlertState;
import io.plateflow.schemas.avro.RuleEvent;
import io.plateflow.schemas.avro.SiteEvent;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.rules.Rule;
import io.plateflow.schemas.rules.RuleAlert;
import io.plateflow.schemas.rules.RuleConditions;
import io.plateflow.schemas.rules.RuleFacts;
import io.plateflow.schemas.rules.RuleTimes;
import io.plateflow.schemas.rules.RuleTrigger;
import io.plateflow.schemas.rules.Site;
import io.plateflow.schemas.status.StatusMatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Maps rules, sites and alerts of rules to events, and events to rules and sites. */
public final class RuleEvents {

  /** No entry of a list was matched. */
  private static final String NO_MATCH = "none";

  private RuleEvents() {}

  public static RuleEvent rule(Rule rule) {
    RuleConditions c = rule.conditions();
    RuleTimes times = rule.times();
    return RuleEvent.newBuilder()
        .setRuleId(rule.ruleId())
        .setName(rule.name())
        .setTrigger(rule.trigger().label())
        .setEnabled(rule.enabled())
        .setLists(c.lists())
        .setNotOnLists(c.notOnLists())
        .setPattern(c.pattern())
        .setVehicleClasses(c.vehicleClasses())
        .setPlateColors(c.plateColors())
        .setPlateTypes(c.plateTypes())
        .setCameras(c.cameras())
        .setSites(c.sites())
        .setGates(c.gates())
        .setDirections(c.directions())
        .setHours(c.hours())
        .setTimes(times == null ? null : times.count())
        .setWithin(times == null ? null : times.within())
        .setLongerThan(rule.longerThan())
        .setFill(rule.fill())
        .setMaxPerHour(rule.maxPerHour())
        .setMatchAll(rule.matchAll())
        .setVersion(rule.version())
        .setChangedAt(rule.changedAt())
        .setChangedBy(rule.changedBy())
        .setRemoved(rule.removed())
        .build();
  }

  /**
   * @throws IllegalArgumentException that says which field is wrong
   */
  public static Rule rule(RuleEvent event) {
    return new Rule(
        event.getRuleId(),
        event.getName(),
        event.getEnabled(),
        RuleTrigger.of(event.getTrigger()),
        new RuleConditions(
            event.getLists(),
            event.getNotOnLists(),
            event.getPattern(),
            event.getVehicleClasses(),
            event.getPlateColors(),
            event.getPlateTypes(),
            event.getCameras(),
            event.getSites(),
            event.getGates(),
            event.getDirections(),
            event.getHours()),
        times(event.getTimes(), event.getWithin()),
        event.getLongerThan(),
        event.getFill(),
        event.getMaxPerHour(),
        event.getMatchAll(),
        event.getVersion(),
        event.getChangedAt(),
        event.getChangedBy(),
        event.getRemoved());
  }

  private static @Nullable RuleTimes times(@Nullable Integer count, @Nullable String within) {
    if (count == null && within == null) {
      return null;
    }
    if (count == null || within == null) {
      throw new IllegalArgumentException(
          "times, within: found %s and %s, expected both or neither".formatted(count, within));
    }
    return new RuleTimes(count, within);
  }

  public static SiteEvent site(Site site) {
    return SiteEvent.newBuilder()
        .setSiteId(site.siteId())
        .setName(site.name())
        .setCapacity(site.capacity())
        .setLimit(site.limit())
        .setGrace(site.grace())
        .setVersion(site.version())
        .setChangedAt(site.changedAt())
        .setChangedBy(site.changedBy())
        .setRemoved(site.removed())
        .build();
  }

  /**
   * @throws IllegalArgumentException that says which field is wrong
   */
  public static Site site(SiteEvent event) {
    return new Site(
        event.getSiteId(),
        event.getName(),
        event.getCapacity(),
        event.getLimit(),
        event.getGrace(),
        event.getVersion(),
        event.getChangedAt(),
        event.getChangedBy(),
        event.getRemoved());
  }

  /** In the form of alerts of lists: what a rule has nothing to say of is empty. */
  public static AlertEvent alert(RuleAlert alert) {
    RuleFacts facts = alert.subject().facts();
    VehiclePass pass = alert.subject().pass();
    PassPlate plate = pass == null ? null : pass.plate();
    StatusMatch match = pass == null ? null : pass.match();
    AlertEvent event =
        AlertEvent.newBuilder()
            .setAlertId(alert.alertId())
            .setRevision(alert.revision())
            .setState(AlertState.valueOf(alert.state().name()))
            .setPlate(alert.plate())
            .setListedPlate(match == null ? "" : match.listedPlate())
            .setStatus(match == null ? EventMapper.UNCLASSIFIED : match.type().label())
            .setMatchKind(match == null ? NO_MATCH : match.kind())
            .setMatchDistance(match == null ? 0 : match.distance())
            .setMatchTolerance(match == null ? 0 : match.tolerance())
            .setScore(plate == null ? 0 : plate.readScore())
            .setReads(plate == null ? 0 : plate.agreeingReads())
            .setCameraId(facts.place().cameraId())
            .setLocation(facts.place().location())
            .setGate(facts.place().gate().label())
            .setCapturedAt(facts.at())
            .setEmittedAt(alert.emittedAt())
            .setVehicleClass(facts.vehicleClass())
            .setPassId(pass == null ? "" : pass.passId())
            .setSite(facts.place().site())
            .setTimezone(facts.place().timezone())
            .setReaders(EventMapper.readers(plate))
            .setMatches(pass == null ? List.of() : ListEvents.matches(pass.matches()))
            .setRuleId(alert.rule().ruleId())
            .setRuleName(alert.rule().name())
            .setDetail(alert.detail().isEmpty() ? null : alert.detail())
            .build();
    if (pass != null) {
      EventMapper.putView(event, pass);
      EventMapper.putPlate(event, plate);
    }
    return event;
  }
}
