package io.plateflow.jobs.topology;

import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.connectors.kafka.KafkaSinks;
import io.plateflow.connectors.postgres.AccessListSink;
import io.plateflow.connectors.postgres.AccessSink;
import io.plateflow.connectors.postgres.AlertSink;
import io.plateflow.connectors.postgres.CorrectionSink;
import io.plateflow.connectors.postgres.ListEntrySink;
import io.plateflow.connectors.postgres.ParkingSink;
import io.plateflow.connectors.postgres.PassSink;
import io.plateflow.connectors.postgres.PlateStatusSink;
import io.plateflow.connectors.postgres.RuleAlertSink;
import io.plateflow.connectors.postgres.RuleSink;
import io.plateflow.connectors.postgres.SiteSink;
import io.plateflow.jobs.config.JobConfig;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** Builds the sinks of tables and topics from a {@link JobConfig}. */
final class SinkAssembly {

  private SinkAssembly() {}

  static PipelineSinks sinks(JobConfig config) {
    PostgresConfig postgres = config.postgres();
    KafkaConfig kafka = config.kafka();
    return new PipelineSinks(
        new PipelineSinks.Tables(
            PassSink.create(postgres),
            ParkingSink.create(postgres),
            AlertSink.create(postgres),
            AccessSink.create(postgres),
            PlateStatusSink.create(postgres),
            AccessListSink.create(postgres),
            ListEntrySink.create(postgres),
            CorrectionSink.create(postgres)),
        new PipelineSinks.Topics(
            KafkaSinks.passes(kafka, config.delivery()),
            KafkaSinks.parking(kafka, config.delivery()),
            KafkaSinks.alerts(kafka, config.delivery()),
            KafkaSinks.access(kafka, DeliveryGuarantee.AT_LEAST_ONCE),
            KafkaSinks.cameras(kafka, DeliveryGuarantee.AT_LEAST_ONCE),
            KafkaSinks.rejected(kafka, config.delivery())),
        new PipelineSinks.Rules(
            RuleSink.create(postgres),
            SiteSink.create(postgres),
            RuleAlertSink.create(postgres),
            KafkaSinks.ruleAlerts(kafka, config.delivery())));
  }
}
