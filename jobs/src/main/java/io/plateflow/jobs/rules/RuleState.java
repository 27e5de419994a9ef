package io.plateflow.jobs.rules;

import io.plateflow.clients.rules.RuleChange;
import io.plateflow.clients.rules.RuleRecord;
import io.plateflow.clients.rules.SiteChange;
import io.plateflow.connectors.rules.RuleRecordSerializer;
import io.plateflow.schemas.rules.Rule;
import io.plateflow.schemas.rules.RuleEvaluation;
import io.plateflow.schemas.rules.RuleTrigger;
import io.plateflow.schemas.rules.Site;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/** The rules and sites in broadcast state and, for evaluation, in memory over it. */
public final class RuleState {

  /** By kind and id, in the form of their topics. */
  public static final MapStateDescriptor<String, RuleRecord> RECORDS =
      new MapStateDescriptor<>("rules-and-sites", Types.STRING, RuleRecordSerializer.TYPE);

  /** By id, in an order that is the same everywhere; those out of force among them. */
  private final Map<String, RuleEvaluation> rules = new TreeMap<>();

  private final Map<String, Site> sites = new TreeMap<>();
  private boolean restored;

  /** Takes a change that is not kept in state: it was read at the start and comes again. */
  void load(RuleRecord record) {
    if (record instanceof RuleChange change) {
      Rule rule = change.rule();
      RuleEvaluation known = rules.get(rule.ruleId());
      if (known == null || known.rule().version() <= rule.version()) {
        rules.put(rule.ruleId(), new RuleEvaluation(rule));
      }
    } else if (record instanceof SiteChange change) {
      Site site = change.site();
      Site known = sites.get(site.siteId());
      if (known == null || known.version() <= site.version()) {
        sites.put(site.siteId(), site);
      }
    }
  }

  /** Takes what was restored, once. */
  void restore(ReadOnlyBroadcastState<String, RuleRecord> state) throws Exception {
    if (!restored) {
      for (Map.Entry<String, RuleRecord> entry : state.immutableEntries()) {
        load(entry.getValue());
      }
      restored = true;
    }
  }

  /** Takes a change and keeps in state what is known then. */
  void apply(RuleRecord record, BroadcastState<String, RuleRecord> state) throws Exception {
    restore(state);
    load(record);
    if (record instanceof RuleChange change) {
      String id = change.rule().ruleId();
      RuleEvaluation now = rules.get(id);
      state.put("rule " + id, now == null ? record : new RuleChange(now.rule()));
    } else if (record instanceof SiteChange change) {
      String id = change.site().siteId();
      Site now = sites.get(id);
      state.put("site " + id, now == null ? record : new SiteChange(now));
    }
  }

  /** Those in force. */
  List<RuleEvaluation> of(RuleTrigger trigger) {
    return rules.values().stream()
        .filter(rule -> rule.rule().trigger() == trigger && rule.rule().inForce())
        .toList();
  }

  /** As last known, in force or not; null where there never was one. */
  @Nullable Rule rule(String ruleId) {
    RuleEvaluation known = rules.get(ruleId);
    return known == null ? null : known.rule();
  }

  @Nullable Site site(String siteId) {
    Site known = sites.get(siteId);
    return known == null || known.removed() ? null : known;
  }

  /** How long passes must be kept for the rules in force. */
  Duration longestSpan() {
    return of(RuleTrigger.PASS).stream()
        .map(RuleEvaluation::span)
        .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) >= 0 ? a : b);
  }
}
