package io.plateflow.jobs.track;

import io.plateflow.jobs.detect.DetectedFrame;
import io.plateflow.jobs.detect.DetectorRecord;
import io.plateflow.jobs.detect.DetectorStateChange;
import io.plateflow.jobs.evidence.EvidenceKeeper;
import io.plateflow.jobs.pass.LadderConfig;
import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.ReadRequest;
import io.plateflow.jobs.reading.MeteredReading;
import io.plateflow.jobs.reading.PlateReading;
import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.frame.Frame;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keeps the open passes of each camera in keyed state. They end with the following frames, with the
 * camera (ended, down), or with the job's input; no clock is involved, so that a replay writes the
 * same.
 */
public final class TrackFunction extends KeyedProcessFunction<String, DetectorRecord, PassUpdate>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  static final ValueStateDescriptor<CameraTracks> TRACKS =
      new ValueStateDescriptor<>("camera-tracks", TypeInformation.of(CameraTracks.class));

  /** Plates that Gemini is asked about. */
  public static final OutputTag<ReadRequest> QUESTIONS =
      new OutputTag<>("questions", TypeInformation.of(ReadRequest.class));

  /** Fires with the last watermark only: at the end of input or a draining stop. */
  private static final long END_OF_INPUT = Long.MAX_VALUE - 1;

  private final PassConfig config;
  private final LadderConfig ladder;
  private final PlateReading.Factory readings;
  private final EvidenceKeeper.Factory keepers;

  private transient PlateReading reading;
  private transient EvidenceKeeper evidence;
  private transient PassLifecycle passes;
  private transient ValueState<CameraTracks> state;
  private transient Counter noise;

  public TrackFunction(
      PassConfig config,
      LadderConfig ladder,
      PlateReading.Factory readings,
      EvidenceKeeper.Factory keepers) {
    this.config = config;
    this.ladder = ladder;
    this.readings = readings;
    this.keepers = keepers;
  }

  @Override
  public void open(OpenContext context) {
    reading = new MeteredReading(readings.open(), getRuntimeContext().getMetricGroup());
    evidence = keepers.open(getRuntimeContext().getMetricGroup());
    passes = new PassLifecycle(config, ladder, reading, evidence);
    state = getRuntimeContext().getState(TRACKS);
    noise = getRuntimeContext().getMetricGroup().counter("tracksDroppedAsNoise");
  }

  @Override
  public void processElement(DetectorRecord value, Context ctx, Collector<PassUpdate> out)
      throws Exception {
    if (value instanceof DetectorStateChange change) {
      if (endsTracks(change.status().state())) {
        endAll(output(ctx, out));
        ctx.timerService().deleteEventTimeTimer(END_OF_INPUT);
      }
    } else if (value instanceof DetectedFrame detected) {
      track(detected, ctx, out);
    }
  }

  private void track(DetectedFrame value, Context ctx, Collector<PassUpdate> out) throws Exception {
    Frame frame = value.frame();
    try {
      CameraTracks tracks = state.value();
      if (tracks == null) {
        if (value.detections().detections().isEmpty()) {
          return;
        }
        tracks = new CameraTracks(frame.camera());
        ctx.timerService().registerEventTimeTimer(END_OF_INPUT);
      }
      tracks.follow(frame.camera());
      noise.inc(passes.onFrame(tracks, frame, value.detections(), output(ctx, out)));
      if (tracks.isEmpty()) {
        state.clear();
        ctx.timerService().deleteEventTimeTimer(END_OF_INPUT);
      } else {
        state.update(tracks);
      }
    } finally {
      frame.pixels().release();
    }
  }

  /**
   * Tracks of a film wait while it is down: a slow film must give the same passes as a fast one.
   */
  private boolean endsTracks(CameraStatus.State now) throws Exception {
    CameraTracks tracks = state.value();
    return now == CameraStatus.State.ENDED
        || now == CameraStatus.State.DOWN && tracks != null && !tracks.recorded;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext ctx, Collector<PassUpdate> out)
      throws Exception {
    endAll(output(ctx, out));
  }

  private static PassOutput output(Context ctx, Collector<PassUpdate> out) {
    return new PassOutput() {
      @Override
      public void update(PassUpdate update) {
        out.collect(update);
      }

      @Override
      public void ask(ReadRequest request) {
        ctx.output(QUESTIONS, request);
      }
    };
  }

  private void endAll(PassOutput out) throws Exception {
    CameraTracks tracks = state.value();
    if (tracks != null) {
      noise.inc(passes.endAll(tracks, out));
      state.clear();
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    // What is before a checkpoint is never seen again: its pictures must be there.
    evidence.flush();
  }

  @Override
  public void initializeState(FunctionInitializationContext context) {
    // All state is keyed and described where it is opened.
  }

  @Override
  public void close() {
    if (evidence != null) {
      evidence.close();
    }
    if (reading != null) {
      reading.close();
    }
  }
}
