package io.plateflow.jobs.topology;

import io.plateflow.clients.reads.ReadArrival;
import io.plateflow.clients.reads.ReadRecord;
import io.plateflow.clients.reads.ReadRejection;
import io.plateflow.connectors.reads.ReadRecordSerializer;
import io.plateflow.jobs.pass.SideOutputs;
import io.plateflow.jobs.reads.OutsideRead;
import io.plateflow.jobs.reads.ReadMapping;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** From the topic of reads to where they join the passes of the cameras. */
final class ReadBranch {

  private ReadBranch() {}

  /** What cannot be used goes to {@link SideOutputs#REJECTED}. */
  static SingleOutputStreamOperator<OutsideRead> define(
      StreamExecutionEnvironment env, ReadInputs inputs) {
    return env.fromSource(
            inputs.records(),
            // Its times are of other clocks, and must not move or hold those of the cameras.
            AlwaysIdleWatermarks.strategy(),
            "Reads",
            ReadRecordSerializer.TYPE)
        .uid(Uids.READS_SOURCE)
        .setParallelism(1)
        .process(
            new Mapping(new ReadMapping(inputs.config())), TypeInformation.of(OutsideRead.class))
        .uid(Uids.READS)
        .name("Passes of others")
        .setParallelism(1);
  }

  private static final class Mapping extends ProcessFunction<ReadRecord, OutsideRead> {

    private static final long serialVersionUID = 1L;
    private final ReadMapping mapping;

    Mapping(ReadMapping mapping) {
      this.mapping = mapping;
    }

    @Override
    public void processElement(ReadRecord record, Context ctx, Collector<OutsideRead> out) {
      if (record instanceof ReadArrival arrival) {
        out.collect(mapping.pass(arrival.event()));
      } else if (record instanceof ReadRejection rejection) {
        ctx.output(SideOutputs.REJECTED, rejection.rejected());
      }
    }
  }
}
