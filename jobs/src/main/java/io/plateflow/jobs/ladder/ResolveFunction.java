package io.plateflow.jobs.ladder;

import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.PassUpdate.Stage;
import io.plateflow.jobs.pass.ReadAnswer;
import io.plateflow.jobs.reads.OutsideRead;
import io.plateflow.jobs.reads.ReadMerging;
import io.plateflow.jobs.reads.ReadsConfig;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;

/**
 * Joins Gemini's answers to their passes. A pass never waits: it is emitted with the local reads,
 * and again when an answer has changed it. What others than the cameras of the job saw comes in
 * here as well, under keys that no camera has.
 */
public final class ResolveFunction
    extends KeyedCoProcessFunction<
        String, PassUpdate, Either<ReadAnswer, OutsideRead>, PassUpdate> {

  private static final long serialVersionUID = 1L;

  static final MapStateDescriptor<String, PendingPass> PENDING =
      new MapStateDescriptor<>(
          "pending-passes", Types.STRING, TypeInformation.of(PendingPass.class));

  private final ReadsConfig outside;

  private transient MapState<String, PendingPass> pending;
  private transient PassResolution resolution;
  private transient ReadMerging reads;

  /**
   * @param outside what others than the cameras of the job saw
   */
  public ResolveFunction(ReadsConfig outside) {
    this.outside = outside;
  }

  @Override
  public void open(OpenContext context) {
    pending = getRuntimeContext().getMapState(PENDING);
    reads = new ReadMerging(outside, getRuntimeContext());
    resolution = new PassResolution(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement1(PassUpdate update, Context ctx, Collector<PassUpdate> out)
      throws Exception {
    String passId = update.pass().passId();
    if (!update.asked()) {
      out.collect(update);
      return;
    }
    PendingPass known = pending.get(passId);
    ReadAnswer answer = known == null ? null : known.answer();
    switch (update.stage()) {
      case ABSORBED -> {
        if (answer == null) {
          // Remembered until its answer comes, so that the answer does not stay for ever.
          pending.put(passId, new PendingPass(update, null));
        } else {
          pending.remove(passId);
        }
        out.collect(update);
      }
      case PROVISIONAL -> {
        pending.put(passId, new PendingPass(update, answer));
        out.collect(answer == null ? update : resolution.resolved(update, answer));
      }
      case FINISHED -> {
        if (answer == null) {
          pending.put(passId, new PendingPass(update, null));
          out.collect(update.withStage(Stage.STANDING));
        } else {
          pending.remove(passId);
          out.collect(resolution.resolved(update, answer));
        }
      }
      case STANDING ->
          throw new IllegalStateException(
              "Pass %s: found stage STANDING from the tracker, expected another".formatted(passId));
    }
  }

  @Override
  public void processElement2(
      Either<ReadAnswer, OutsideRead> input, Context ctx, Collector<PassUpdate> out)
      throws Exception {
    if (input.isRight()) {
      reads.add(input.right(), ctx.timerService(), out);
    } else {
      onAnswer(input.left(), out);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext ctx, Collector<PassUpdate> out)
      throws Exception {
    reads.onTimer(timestamp, out);
  }

  private void onAnswer(ReadAnswer answer, Collector<PassUpdate> out) throws Exception {
    PendingPass known = pending.get(answer.passId());
    PassUpdate last = known == null ? null : known.last();
    if (last == null) {
      pending.put(answer.passId(), new PendingPass(null, answer));
      return;
    }
    if (last.stage() == Stage.ABSORBED) {
      pending.remove(answer.passId());
    } else if (last.stage() == Stage.FINISHED) {
      pending.remove(answer.passId());
      out.collect(resolution.resolved(last, answer));
    } else {
      pending.put(answer.passId(), new PendingPass(last, answer));
      PassUpdate resolved = resolution.resolved(last, answer);
      if (!resolved.pass().plateText().equals(last.pass().plateText())) {
        // The vehicle may have gone since its last frame.
        out.collect(resolved.outOfView());
      }
    }
  }
}
