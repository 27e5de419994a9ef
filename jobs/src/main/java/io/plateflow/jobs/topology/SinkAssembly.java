package io.plateflow.jobs.topology;

import io.plateflow.connectors.kafka.KafkaSinks;
import io.plateflow.connectors.postgres.ParkingSink;
import io.plateflow.connectors.postgres.PassSink;
import io.plateflow.connectors.postgres.PlateStatusSink;
import io.plateflow.jobs.config.JobConfig;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** Builds the sinks of tables and topics from a {@link JobConfig}. */
final class SinkAssembly {

  private SinkAssembly() {}

  static PipelineSinks sinks(JobConfig config) {
    return new PipelineSinks(
        PassSink.create(config.postgres()),
        PlateStatusSink.create(config.postgres()),
        KafkaSinks.passes(config.kafka(), config.delivery()),
        KafkaSinks.alerts(config.kafka(), config.delivery()),
        KafkaSinks.cameras(config.kafka(), DeliveryGuarantee.AT_LEAST_ONCE),
        KafkaSinks.rejected(config.kafka(), config.delivery()),
        ParkingSink.create(config.postgres()),
        KafkaSinks.parking(config.kafka(), config.delivery()));
  }
}
