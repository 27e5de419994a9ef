package io.plateflow.jobs.topology;

import io.plateflow.connectors.postgres.RejectedRowRelay;
import io.plateflow.connectors.retention.RetentionSink;
import io.plateflow.schemas.frame.RejectedRecord;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What the clock alone starts: retention, and the relay of rows that the tables refused. */
final class ClockBranch {

  /** A step of retention deletes a batch at most. */
  private static final double TICKS_PER_SECOND = 1;

  private ClockBranch() {}

  /** Adds the branch to a job that does not end with its input. */
  static void define(
      StreamExecutionEnvironment env,
      RetentionSink retention,
      RejectedRowRelay relay,
      Sink<RejectedRecord> rejectedTopic) {
    DataStream<Long> clock =
        env.fromSource(
                new DataGeneratorSource<>(
                    tick -> tick,
                    Long.MAX_VALUE,
                    RateLimiterStrategy.perSecond(TICKS_PER_SECOND),
                    Types.LONG),
                WatermarkStrategy.noWatermarks(),
                "Clock",
                Types.LONG)
            .uid(Uids.CLOCK)
            .setParallelism(1);
    clock.sinkTo(retention).uid(Uids.RETENTION).name("Delete expired passes").setParallelism(1);
    clock
        .flatMap(relay)
        .returns(TypeInformation.of(RejectedRecord.class))
        .uid(Uids.REJECTED_ROWS)
        .name("Rows that Postgres refused")
        .setParallelism(1)
        .sinkTo(rejectedTopic)
        .uid(Uids.REJECTED_ROWS_TOPIC)
        .name("Refused rows to Kafka")
        .setParallelism(1);
  }
}
