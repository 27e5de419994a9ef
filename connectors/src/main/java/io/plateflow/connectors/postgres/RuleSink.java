package io.plateflow.connectors.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.schemas.rules.Rule;
import io.plateflow.schemas.rules.RuleConditions;
import io.plateflow.schemas.rules.RuleTimes;

/** Keeps the table {@code rules} what the topic of rules says. */
public final class RuleSink {

  private RuleSink() {}

  public static TableSink<Rule> create(PostgresConfig config) {
    return new PostgresSink<>(config, new Rows());
  }

  /** Rows as {@code record_rules} of the migrations takes them. */
  static final class Rows implements TableRows<Rule> {

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String writer() {
      return "record_rules";
    }

    /** With its version: in a batch as in the table the highest counts, not the last. */
    @Override
    public String key(Rule rule) {
      return rule.judge();
    }

    @Override
    public String kind() {
      return "rule";
    }

    @Override
    public String source(Rule rule) {
      return rule.ruleId();
    }

    @Override
    public String json(Rule rule) {
      RuleConditions c = rule.conditions();
      RuleTimes times = rule.times();
      ObjectNode row =
          JSON.createObjectNode()
              .put("rule_id", rule.ruleId())
              .put("name", rule.name())
              .put("enabled", rule.enabled())
              .put("trigger", rule.trigger().label())
              .put("pattern", c.pattern())
              .put("hours", c.hours())
              .put("times", times == null ? null : times.count())
              .put("within", times == null ? null : times.within())
              .put("longer_than", rule.longerThan())
              .put("fill", rule.fill())
              .put("max_per_hour", rule.maxPerHour())
              .put("match_all", rule.matchAll())
              .put("removed", rule.removed())
              .put("version", rule.version())
              .put("changed_at", rule.changedAt().toString())
              .put("changed_by", rule.changedBy());
      c.lists().forEach(row.putArray("lists")::add);
      c.notOnLists().forEach(row.putArray("not_on_lists")::add);
      c.vehicleClasses().forEach(row.putArray("vehicle_classes")::add);
      c.plateColors().forEach(row.putArray("plate_colors")::add);
      c.plateTypes().forEach(row.putArray("plate_types")::add);
      c.cameras().forEach(row.putArray("cameras")::add);
      c.sites().forEach(row.putArray("sites")::add);
      c.gates().forEach(row.putArray("gates")::add);
      c.directions().forEach(row.putArray("directions")::add);
      return row.toString();
    }
  }
}
