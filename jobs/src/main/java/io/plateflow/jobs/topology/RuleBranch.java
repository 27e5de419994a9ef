package io.plateflow.jobs.topology;

import io.plateflow.clients.rules.RuleChange;
import io.plateflow.clients.rules.RuleRecord;
import io.plateflow.clients.rules.RuleRejection;
import io.plateflow.clients.rules.SiteChange;
import io.plateflow.connectors.rules.RuleRecordSerializer;
import io.plateflow.jobs.metrics.Counters;
import io.plateflow.jobs.parking.ParkingConfig;
import io.plateflow.jobs.pass.RulePass;
import io.plateflow.jobs.pass.SideOutputs;
import io.plateflow.jobs.privacy.PlateHash;
import io.plateflow.jobs.rules.OccupancyFunction;
import io.plateflow.jobs.rules.OutageFunction;
import io.plateflow.jobs.rules.OutageReport;
import io.plateflow.jobs.rules.RuleAlertFunction;
import io.plateflow.jobs.rules.RuleFunction;
import io.plateflow.jobs.rules.RuleSnapshot;
import io.plateflow.jobs.rules.RuleState;
import io.plateflow.jobs.rules.RuleVerdict;
import io.plateflow.jobs.rules.SiteMove;
import io.plateflow.jobs.rules.VisitRuleFunction;
import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.parking.VisitUpdate;
import io.plateflow.schemas.rules.Rule;
import io.plateflow.schemas.rules.RuleAlert;
import io.plateflow.schemas.rules.Site;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** From passes, visits, sites, cameras and the disk to alerts of rules. */
final class RuleBranch {

  private static final OutputTag<Site> SITES =
      new OutputTag<>("sites", TypeInformation.of(Site.class));

  /** Gemini's answers and the merging of reads are long done by then. */
  private static final Duration PASSES_SETTLE = Duration.ofHours(1);

  private static final double LOOKS_AT_DISK_PER_SECOND = 0.2;

  private RuleBranch() {}

  /**
   * Adds the branch.
   *
   * @return what could not be used, and what was capped
   */
  static DataStream<RejectedRecord> define(
      StreamExecutionEnvironment env,
      RuleInputs inputs,
      RuleStreams streams,
      ParkingConfig parking,
      PlateHash.@Nullable Factory hashes,
      PipelineSinks.Rules sinks) {
    SingleOutputStreamOperator<RuleRecord> records =
        env.fromSource(
                inputs.records(),
                AlwaysIdleWatermarks.strategy(),
                "Rules",
                RuleRecordSerializer.TYPE)
            .uid(Uids.RULES_SOURCE)
            .setParallelism(1);
    SingleOutputStreamOperator<Rule> rules =
        records
            .process(new Split(), TypeInformation.of(Rule.class))
            .uid(Uids.RULE_RECORDS)
            .name("Rules and sites")
            .setParallelism(1);
    sinks.rules().append(rules, Uids.RULES_TABLE, "Rules to Postgres");
    // A side output has the parallelism of its operator, but not where a sink asks for it.
    sinks
        .sites()
        .append(
            rules
                .getSideOutput(SITES)
                .map(site -> site)
                .returns(TypeInformation.of(Site.class))
                .uid(Uids.SITES)
                .name("Sites")
                .setParallelism(1),
            Uids.SITES_TABLE,
            "Sites to Postgres");

    Duration settled = parking.settleAfter().plus(parking.sameGateWithin());
    Duration settle = settled.compareTo(PASSES_SETTLE) > 0 ? settled : PASSES_SETTLE;
    SingleOutputStreamOperator<RuleAlert> told =
        verdicts(env, inputs, records, streams, settle)
            .keyBy((KeySelector<RuleVerdict, String>) v -> v.rule().ruleId(), Types.STRING)
            .process(new RuleAlertFunction(settle), TypeInformation.of(RuleAlert.class))
            .uid(Uids.RULE_ALERTS)
            .name("Alerts of rules");
    DataStream<RuleAlert> alerts = PseudonymizedStreams.ruleAlerts(told, hashes);
    alerts.sinkTo(sinks.alertsTopic()).uid(Uids.RULE_ALERTS_TOPIC).name("Alerts of rules to Kafka");
    sinks.alerts().append(alerts, Uids.RULE_ALERTS_TABLE, "Alerts of rules to Postgres");
    return rules
        .getSideOutput(SideOutputs.REJECTED)
        .union(told.getSideOutput(SideOutputs.REJECTED));
  }

  private static DataStream<RuleVerdict> verdicts(
      StreamExecutionEnvironment env,
      RuleInputs inputs,
      DataStream<RuleRecord> records,
      RuleStreams streams,
      Duration settle) {
    RuleSnapshot atStart = inputs.atStart();
    BroadcastStream<RuleRecord> rules = records.broadcast(RuleState.RECORDS);
    TypeInformation<RuleVerdict> verdict = TypeInformation.of(RuleVerdict.class);
    SingleOutputStreamOperator<RuleVerdict> passes =
        streams
            .passes()
            .keyBy((KeySelector<RulePass, String>) RulePass::key, Types.STRING)
            .connect(rules)
            .process(new RuleFunction(atStart, settle), verdict)
            .uid(Uids.RULE_PASSES)
            .name("Judge passes");
    SingleOutputStreamOperator<RuleVerdict> visits =
        streams
            .visits()
            .keyBy((KeySelector<VisitUpdate, String>) VisitUpdate::visitId, Types.STRING)
            .connect(rules)
            .process(new VisitRuleFunction(atStart, settle), verdict)
            .uid(Uids.RULE_VISITS)
            .name("Judge visits");
    SingleOutputStreamOperator<RuleVerdict> sites =
        visits
            .getSideOutput(VisitRuleFunction.MOVES)
            .keyBy((KeySelector<SiteMove, String>) SiteMove::site, Types.STRING)
            .connect(rules)
            .process(new OccupancyFunction(atStart), verdict)
            .uid(Uids.RULE_SITES)
            .name("Judge sites");
    SingleOutputStreamOperator<RuleVerdict> outages =
        outages(env, inputs, streams.cameras())
            .keyBy((KeySelector<OutageReport, String>) OutageReport::key, Types.STRING)
            .connect(rules)
            .process(new OutageFunction(atStart), verdict)
            .uid(Uids.RULE_OUTAGES)
            .name("Judge cameras and disk");
    return passes.union(visits, sites, outages);
  }

  private static DataStream<OutageReport> outages(
      StreamExecutionEnvironment env, RuleInputs inputs, DataStream<CameraStatus> cameras) {
    DataStream<OutageReport> reports =
        cameras
            .flatMap(RuleBranch::report)
            .returns(TypeInformation.of(OutageReport.class))
            .uid(Uids.CAMERA_REPORTS)
            .name("Cameras in trouble");
    if (inputs.disk() == null) {
      return reports;
    }
    return reports.union(
        env.fromSource(
                new DataGeneratorSource<>(
                    tick -> tick,
                    Long.MAX_VALUE,
                    RateLimiterStrategy.perSecond(LOOKS_AT_DISK_PER_SECOND),
                    Types.LONG),
                AlwaysIdleWatermarks.strategy(),
                "Looks at the disk",
                Types.LONG)
            .uid(Uids.DISK_CLOCK)
            .setParallelism(1)
            .flatMap(inputs.disk())
            .returns(TypeInformation.of(OutageReport.class))
            .uid(Uids.DISK_REPORTS)
            .name("Disk in trouble")
            .setParallelism(1));
  }

  private static void report(CameraStatus status, Collector<OutageReport> out) {
    OutageReport.of(status).forEach(out::collect);
  }

  /** Rules, and beside them sites and what is neither. */
  private static final class Split extends ProcessFunction<RuleRecord, Rule> {

    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(RuleRecord record, Context ctx, Collector<Rule> out) {
      if (record instanceof RuleChange change) {
        out.collect(change.rule());
      } else if (record instanceof SiteChange change) {
        ctx.output(SITES, change.site());
      } else if (record instanceof RuleRejection rejection) {
        getRuntimeContext().getLongCounter(Counters.REJECTED).add(1);
        ctx.output(SideOutputs.REJECTED, rejection.rejected());
      }
    }
  }
}
