package io.plateflow.jobs.topology;

import io.plateflow.jobs.pass.NotedCorrection;
import io.plateflow.jobs.privacy.PlateHash;
import io.plateflow.jobs.privacy.PlatePseudonymizer;
import io.plateflow.jobs.privacy.PseudonymizeFunction;
import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.corrections.Correction;
import io.plateflow.schemas.parking.VisitUpdate;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.rules.RuleAlert;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/**
 * Hides unlisted plates right before the sinks, where that is configured: without {@code hashes}
 * the streams stay as they are.
 */
final class PseudonymizedStreams {

  private PseudonymizedStreams() {}

  static DataStream<VehiclePass> passes(
      DataStream<VehiclePass> passes, PlateHash.@Nullable Factory hashes) {
    return hashes == null
        ? passes
        : passes
            .map(
                new PseudonymizeFunction<>(hashes, PlatePseudonymizer::pass),
                TypeInformation.of(VehiclePass.class))
            .uid(Uids.HIDE_PASSES)
            .name("Hide plates of passes");
  }

  static DataStream<VisitUpdate> visits(
      DataStream<VisitUpdate> visits, PlateHash.@Nullable Factory hashes) {
    return hashes == null
        ? visits
        : visits
            .map(
                new PseudonymizeFunction<>(hashes, PlatePseudonymizer::visit),
                TypeInformation.of(VisitUpdate.class))
            .uid(Uids.HIDE_VISITS)
            .name("Hide plates of visits");
  }

  static DataStream<Alert> alerts(DataStream<Alert> alerts, PlateHash.@Nullable Factory hashes) {
    return hashes == null
        ? alerts
        : alerts
            .map(
                new PseudonymizeFunction<>(hashes, PlatePseudonymizer::alert),
                TypeInformation.of(Alert.class))
            .uid(Uids.HIDE_ALERTS)
            .name("Hide plates of alerts");
  }

  static DataStream<RuleAlert> ruleAlerts(
      DataStream<RuleAlert> alerts, PlateHash.@Nullable Factory hashes) {
    return hashes == null
        ? alerts
        : alerts
            .map(
                new PseudonymizeFunction<>(hashes, PlatePseudonymizer::ruleAlert),
                TypeInformation.of(RuleAlert.class))
            .uid(Uids.HIDE_RULE_ALERTS)
            .name("Hide plates of alerts of rules");
  }

  static DataStream<AccessDecision> access(
      DataStream<AccessDecision> decisions, PlateHash.@Nullable Factory hashes) {
    return hashes == null
        ? decisions
        : decisions
            .map(
                new PseudonymizeFunction<>(hashes, PlatePseudonymizer::access),
                TypeInformation.of(AccessDecision.class))
            .uid(Uids.HIDE_ACCESS)
            .name("Hide plates at gates");
  }

  static DataStream<Correction> corrections(
      DataStream<NotedCorrection> corrections, PlateHash.@Nullable Factory hashes) {
    DataStream<NotedCorrection> kept =
        hashes == null
            ? corrections
            : corrections
                .map(
                    new PseudonymizeFunction<>(hashes, PlatePseudonymizer::correction),
                    TypeInformation.of(NotedCorrection.class))
                .uid(Uids.HIDE_CORRECTIONS)
                .name("Hide plates of corrections");
    return kept.map(NotedCorrection::correction, TypeInformation.of(Correction.class))
        .uid(Uids.KEPT_CORRECTIONS)
        .name("Corrections to keep");
  }
}
