package io.plateflow.jobs.topology;

import io.plateflow.jobs.parking.ParkingConfig;
import io.plateflow.jobs.parking.ParkingFunction;
import io.plateflow.jobs.pass.GateReport;
import io.plateflow.jobs.privacy.PlateHash;
import io.plateflow.schemas.parking.VisitUpdate;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.jspecify.annotations.Nullable;

/** From passes at gates to parking visits. */
final class ParkingBranch {

  private ParkingBranch() {}

  /**
   * Adds the branch; a pass that was corrected must come again, a retracted one as such.
   *
   * @return the visits, with plates as they are
   */
  static DataStream<VisitUpdate> define(
      DataStream<GateReport> gatePasses,
      ParkingConfig config,
      PlateHash.@Nullable Factory hashes,
      PipelineSinks sinks) {
    SingleOutputStreamOperator<VisitUpdate> joined =
        gatePasses
            .keyBy((KeySelector<GateReport, String>) GateReport::key, Types.STRING)
            .process(new ParkingFunction(config), TypeInformation.of(VisitUpdate.class))
            .uid(Uids.PARKING)
            .name("Join passes to visits");
    DataStream<VisitUpdate> visits = PseudonymizedStreams.visits(joined, hashes);
    sinks.tables().parking().append(visits, Uids.PARKING_TABLE, "Visits to Postgres");
    visits.sinkTo(sinks.topics().parking()).uid(Uids.PARKING_TOPIC).name("Visits to Kafka");
    return joined;
  }
}
