package io.plateflow.jobs.topology;

import io.plateflow.jobs.pass.RulePass;
import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.parking.VisitUpdate;
import org.apache.flink.streaming.api.datastream.DataStream;

/** What rules look at, with plates as they are. */
record RuleStreams(
    DataStream<RulePass> passes,
    DataStream<VisitUpdate> visits,
    DataStream<CameraStatus> cameras) {}
