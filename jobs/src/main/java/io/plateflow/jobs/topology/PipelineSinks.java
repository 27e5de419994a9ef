package io.plateflow.jobs.topology;

import io.plateflow.connectors.postgres.TableSink;
import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.corrections.Correction;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListEntry;
import io.plateflow.schemas.parking.VisitUpdate;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.rules.Rule;
import io.plateflow.schemas.rules.RuleAlert;
import io.plateflow.schemas.rules.Site;
import io.plateflow.schemas.status.PlateStatus;
import org.apache.flink.api.connector.sink2.Sink;

/** The sinks of the job. */
public record PipelineSinks(Tables tables, Topics topics, Rules rules) {

  /** Those that write to Postgres. */
  public record Tables(
      TableSink<VehiclePass> passes,
      TableSink<VisitUpdate> parking,
      TableSink<Alert> alerts,
      TableSink<AccessDecision> access,
      TableSink<PlateStatus> plateStatuses,
      TableSink<AccessList> lists,
      TableSink<ListEntry> listEntries,
      TableSink<Correction> corrections) {}

  /** Those that write to Kafka. */
  public record Topics(
      Sink<VehiclePass> passes,
      Sink<VisitUpdate> parking,
      Sink<Alert> alerts,
      Sink<AccessDecision> access,
      Sink<CameraStatus> cameras,
      Sink<RejectedRecord> rejected) {}

  /** Those of rules and sites, and of the alerts that rules raise. */
  public record Rules(
      TableSink<Rule> rules,
      TableSink<Site> sites,
      TableSink<RuleAlert> alerts,
      Sink<RuleAlert> alertsTopic) {}
}
