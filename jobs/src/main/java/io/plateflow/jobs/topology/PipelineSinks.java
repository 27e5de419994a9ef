package io.plateflow.jobs.topology;

import io.plateflow.connectors.postgres.TableSink;
import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.parking.VisitUpdate;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.status.PlateStatus;
import org.apache.flink.api.connector.sink2.Sink;

/** Where everything goes that leaves the job. */
public record PipelineSinks(
    TableSink<VehiclePass> passTables,
    TableSink<PlateStatus> plateStatusTable,
    Sink<VehiclePass> passesTopic,
    Sink<Alert> alertsTopic,
    Sink<CameraStatus> camerasTopic,
    Sink<RejectedRecord> rejectedTopic,
    TableSink<VisitUpdate> parkingTable,
    Sink<VisitUpdate> parkingTopic) {}
