package io.plateflow.jobs.topology;

import io.plateflow.clients.corrections.EmptyArchive;
import io.plateflow.clients.lists.ListRecord;
import io.plateflow.connectors.camera.CameraRecord;
import io.plateflow.connectors.camera.CameraRecordSerializer;
import io.plateflow.connectors.camera.FrameWatermarks;
import io.plateflow.connectors.lists.ListRecordSerializer;
import io.plateflow.jobs.corrections.CorrectionInputs;
import io.plateflow.jobs.detect.DetectOperatorFactory;
import io.plateflow.jobs.detect.DetectorRecord;
import io.plateflow.jobs.detect.DetectorRecordSerializer;
import io.plateflow.jobs.enrich.EnrichFunction;
import io.plateflow.jobs.ladder.ResolveFunction;
import io.plateflow.jobs.parking.ParkingConfig;
import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.ReadAnswer;
import io.plateflow.jobs.pass.SideOutputs;
import io.plateflow.jobs.privacy.PlateHash;
import io.plateflow.jobs.reading.AsyncSecondReadFunction;
import io.plateflow.jobs.reading.SecondReader;
import io.plateflow.jobs.reads.OutsideRead;
import io.plateflow.jobs.reads.ReadsConfig;
import io.plateflow.jobs.track.TrackFunction;
import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.parking.VisitUpdate;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.VehiclePass;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.typeutils.EitherTypeInfo;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Either;
import org.jspecify.annotations.Nullable;

/**
 * Defines the job graph from frames to passes and alerts.
 *
 * <p>The camera source assigns every camera to the subtask that owns its key group, so the stream
 * is keyed by camera from the start: source, detector and tracker are one chain, and pixels never
 * leave it.
 */
public final class PlateSessionTopology {

  private static final Duration CAMERA_IDLENESS = Duration.ofSeconds(10);

  /** Crops of a few kB, checkpointed while they wait. */
  private static final int QUESTIONS_WAITING = 256;

  private static final TypeInformation<Either<ReadAnswer, OutsideRead>> ANSWER_OR_READ =
      new EitherTypeInfo<>(
          TypeInformation.of(ReadAnswer.class), TypeInformation.of(OutsideRead.class));

  private PlateSessionTopology() {}

  /** Adds the whole job to the environment. */
  public static void define(
      StreamExecutionEnvironment env,
      PipelineInputs inputs,
      Recognition recognition,
      ParkingConfig parking,
      PipelineSinks sinks) {
    DataStream<CameraRecord> cameras =
        env.fromSource(
                inputs.cameras(),
                FrameWatermarks.strategy(CAMERA_IDLENESS),
                "Cameras",
                CameraRecordSerializer.TYPE)
            .uid(Uids.CAMERAS);

    SingleOutputStreamOperator<DetectorRecord> detected =
        DataStreamUtils.reinterpretAsKeyedStream(
                cameras, (KeySelector<CameraRecord, String>) CameraRecord::cameraId, Types.STRING)
            .transform(
                "Detect vehicles and plates",
                DetectorRecordSerializer.TYPE,
                new DetectOperatorFactory(
                    recognition.detector(), recognition.motion(), recognition.framesInFlight()))
            .uid(Uids.DETECT);
    defineBehindDetector(
        env,
        detected,
        inputs.lists(),
        inputs.corrections(),
        inputs.reads(),
        inputs.rules(),
        recognition,
        parking,
        sinks);
  }

  /**
   * Adds the part behind the detector: from tracks to the sinks. The detections must be keyed by
   * camera as {@link #define} has them, each camera on the subtask that owns its key group.
   *
   * @param corrections null where nobody corrects passes
   * @param reads null where only the cameras of the job are looked at
   * @param rules null where there are none
   */
  public static void defineBehindDetector(
      StreamExecutionEnvironment env,
      SingleOutputStreamOperator<DetectorRecord> detected,
      ListInputs lists,
      @Nullable CorrectionInputs corrections,
      @Nullable ReadInputs reads,
      @Nullable RuleInputs rules,
      Recognition recognition,
      ParkingConfig parking,
      PipelineSinks sinks) {
    SingleOutputStreamOperator<PassUpdate> updates =
        DataStreamUtils.reinterpretAsKeyedStream(
                detected,
                (KeySelector<DetectorRecord, String>) DetectorRecord::cameraId,
                Types.STRING)
            .process(
                new TrackFunction(
                    recognition.passes(),
                    recognition.ladder(),
                    recognition.reading(),
                    recognition.evidence()),
                TypeInformation.of(PassUpdate.class))
            .uid(Uids.TRACK)
            .name("Track, read and resolve passes");

    SingleOutputStreamOperator<ListRecord> changes =
        env.fromSource(
                lists.records(),
                AlwaysIdleWatermarks.strategy(),
                "Lists",
                ListRecordSerializer.TYPE)
            .uid(Uids.PLATE_STATUS_SOURCE)
            .setParallelism(1);

    SingleOutputStreamOperator<OutsideRead> outside =
        reads == null ? null : ReadBranch.define(env, reads);
    ReadsConfig merging = reads == null ? ReadsConfig.DEFAULT : reads.config();

    SingleOutputStreamOperator<VehiclePass> passes =
        byCamera(
                resolved(
                    updates,
                    answers(updates, recognition.secondReader(), recognition.answerTimeout()),
                    outside,
                    merging))
            .connect(
                CorrectionBranch.withLists(env, corrections, changes)
                    .broadcast(EnrichFunction.broadcastState()))
            .process(
                new EnrichFunction(
                    recognition.matchTolerance(),
                    recognition.passes().access(),
                    lists.atStart(),
                    corrections == null ? EmptyArchive::new : corrections.archive(),
                    recognition.privacy().pictures(),
                    corrections == null ? Duration.ZERO : corrections.writtenAfter()),
                TypeInformation.of(VehiclePass.class))
            .uid(Uids.ENRICH)
            .name("Match the lists");

    PlateHash.Factory hashes = recognition.privacy().hashes();
    DataStream<Alert> alerts =
        PseudonymizedStreams.alerts(passes.getSideOutput(SideOutputs.ALERTS), hashes);
    alerts.sinkTo(sinks.topics().alerts()).uid(Uids.ALERTS_TOPIC).name("Alerts to Kafka");
    sinks.tables().alerts().append(alerts, Uids.ALERTS_TABLE, "Alerts to Postgres");
    DataStream<AccessDecision> access =
        PseudonymizedStreams.access(passes.getSideOutput(SideOutputs.ACCESS), hashes);
    access.sinkTo(sinks.topics().access()).uid(Uids.ACCESS_TOPIC).name("Access to Kafka");
    sinks.tables().access().append(access, Uids.ACCESS_TABLE, "Access to Postgres");
    DataStream<VehiclePass> published = PseudonymizedStreams.passes(passes, hashes);
    sinks.tables().passes().append(published, Uids.PASS_TABLES, "Passes to Postgres");
    published.sinkTo(sinks.topics().passes()).uid(Uids.PASSES_TOPIC).name("Passes to Kafka");
    DataStream<VisitUpdate> visits =
        ParkingBranch.define(passes.getSideOutput(SideOutputs.GATE_PASSES), parking, hashes, sinks);
    ListBranch.define(changes, sinks.tables());
    sinks
        .tables()
        .corrections()
        .append(
            PseudonymizedStreams.corrections(passes.getSideOutput(SideOutputs.CORRECTIONS), hashes),
            Uids.CORRECTIONS_TABLE,
            "Corrections to Postgres");
    detected
        .getSideOutput(SideOutputs.CAMERAS)
        .sinkTo(sinks.topics().cameras())
        .uid(Uids.CAMERAS_TOPIC)
        .name("Camera states to Kafka");
    DataStream<RejectedRecord> rejected =
        detected
            .getSideOutput(SideOutputs.REJECTED)
            .union(passes.getSideOutput(SideOutputs.REJECTED));
    if (outside != null) {
      rejected = rejected.union(outside.getSideOutput(SideOutputs.REJECTED));
    }
    if (rules != null) {
      RuleStreams streams =
          new RuleStreams(
              passes.getSideOutput(SideOutputs.RULE_PASSES),
              visits,
              detected.getSideOutput(SideOutputs.CAMERAS));
      rejected =
          rejected.union(RuleBranch.define(env, rules, streams, parking, hashes, sinks.rules()));
    }
    rejected
        .sinkTo(sinks.topics().rejected())
        .uid(Uids.REJECTED_TOPIC)
        .name("Rejected records to Kafka");
  }

  /** Asks Gemini about plates that the local rungs are unsure of; a pass never waits for it. */
  static DataStream<ReadAnswer> answers(
      SingleOutputStreamOperator<PassUpdate> updates,
      SecondReader.Factory secondReader,
      Duration answerTimeout) {
    return AsyncDataStream.unorderedWait(
            updates.getSideOutput(TrackFunction.QUESTIONS),
            new AsyncSecondReadFunction(secondReader, QUESTIONS_WAITING),
            answerTimeout.toMillis(),
            TimeUnit.MILLISECONDS,
            // Room beyond what is let in, so that the operator itself never pushes back.
            2 * QUESTIONS_WAITING)
        .returns(TypeInformation.of(ReadAnswer.class))
        .uid(Uids.ASK)
        .name("Ask Gemini");
  }

  /** Joins the answers, and the passes of others where there are any. */
  static SingleOutputStreamOperator<PassUpdate> resolved(
      DataStream<PassUpdate> updates,
      DataStream<ReadAnswer> answers,
      @Nullable DataStream<OutsideRead> outside,
      ReadsConfig config) {
    DataStream<Either<ReadAnswer, OutsideRead>> second =
        answers
            .map(answer -> Either.<ReadAnswer, OutsideRead>Left(answer))
            .returns(ANSWER_OR_READ)
            .uid(Uids.ANSWERS)
            .name("Answers");
    if (outside != null) {
      second =
          second.union(
              outside
                  .map(read -> Either.<ReadAnswer, OutsideRead>Right(read))
                  .returns(ANSWER_OR_READ)
                  .uid(Uids.OUTSIDE_PASSES)
                  .name("Reads")
                  .setParallelism(1));
    }
    return byCamera(updates)
        .connect(second.keyBy(PlateSessionTopology::camera, Types.STRING))
        .process(new ResolveFunction(config), TypeInformation.of(PassUpdate.class))
        .uid(Uids.RESOLVE)
        .name("Resolve passes");
  }

  private static String camera(Either<ReadAnswer, OutsideRead> input) {
    return input.isLeft() ? input.left().cameraId() : input.right().pass().cameraId();
  }

  private static KeyedStream<PassUpdate, String> byCamera(DataStream<PassUpdate> updates) {
    return DataStreamUtils.reinterpretAsKeyedStream(
        updates,
        (KeySelector<PassUpdate, String>) update -> update.pass().cameraId(),
        Types.STRING);
  }
}
