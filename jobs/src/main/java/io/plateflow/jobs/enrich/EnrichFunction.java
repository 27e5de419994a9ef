package io.plateflow.jobs.enrich;

import io.plateflow.clients.corrections.CorrectionArchive;
import io.plateflow.clients.corrections.RecordedPass;
import io.plateflow.clients.lists.ListRecord;
import io.plateflow.clients.lists.ListRejection;
import io.plateflow.jobs.corrections.CorrectionArchives;
import io.plateflow.jobs.corrections.CorrectionCase;
import io.plateflow.jobs.corrections.CorrectionIndex;
import io.plateflow.jobs.evidence.ListedPictures;
import io.plateflow.jobs.pass.AccessConfig;
import io.plateflow.jobs.pass.NotedCorrection;
import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.PassUpdate.Stage;
import io.plateflow.jobs.pass.SideOutputs;
import io.plateflow.schemas.access.AccessDecision.Reason;
import io.plateflow.schemas.corrections.Correction;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.VehiclePass;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Matches every pass with the lists, which it keeps in broadcast state, raises alerts and tells
 * gates what they may do. A change of a list also applies to passes in progress; a gate is not
 * opened by it, but by the next frame that shows the vehicle.
 *
 * <p>What people corrected is put on every pass that goes out, however often and however late the
 * pass comes again. A correction is applied to its pass at once: to one of state where it ended a
 * short while ago or is in progress, else to what the tables have.
 */
public final class EnrichFunction
    extends KeyedBroadcastProcessFunction<
        String, PassUpdate, Either<ListRecord, CorrectionCase>, VehiclePass>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  static final MapStateDescriptor<String, OpenPass> OPEN_PASSES =
      new MapStateDescriptor<>("open-passes", Types.STRING, TypeInformation.of(OpenPass.class));

  private final double tolerance;
  private final AccessConfig access;
  private final ListSnapshot snapshot;
  private final CorrectionArchives archive;
  private final ListedPictures.Factory pictureStores;
  private final Duration remembered;

  private transient ListedPictures pictures;
  private transient ListState lists;
  private transient PassTeller teller;
  private transient CorrectionIndex corrections;
  private transient CorrectionTeller corrected;
  private transient MapStateDescriptor<String, EndedPass> endedPasses;
  private transient Map<String, OpenPass> reopened;
  private transient MapState<String, OpenPass> open;
  private transient MapState<String, EndedPass> ended;
  private transient EnrichMetrics metrics;

  /**
   * @param tolerance largest confusion-weighted distance that counts as a match, where a list says
   *     nothing
   * @param writtenAfter longest time after which the row of a pass that ended is there: until then
   *     a correction finds the pass here
   */
  public EnrichFunction(
      double tolerance,
      AccessConfig access,
      ListSnapshot snapshot,
      CorrectionArchives archive,
      ListedPictures.Factory pictureStores,
      Duration writtenAfter) {
    this.tolerance = tolerance;
    this.access = access;
    this.snapshot = snapshot;
    this.archive = archive;
    this.pictureStores = pictureStores;
    Duration recently = CorrectionTeller.RECENTLY;
    remembered = (writtenAfter.compareTo(recently) > 0 ? writtenAfter : recently).plusMinutes(1);
  }

  /** The state that the lists are broadcast with. */
  public static MapStateDescriptor<?, ?>[] broadcastState() {
    return new MapStateDescriptor<?, ?>[] {
      ListState.PLATE_STATUSES, ListState.LISTS, ListState.ENTRIES
    };
  }

  private static MapStateDescriptor<String, EndedPass> endedPasses(Duration remembered) {
    MapStateDescriptor<String, EndedPass> descriptor =
        new MapStateDescriptor<>("ended-passes", Types.STRING, TypeInformation.of(EndedPass.class));
    descriptor.enableTimeToLive(
        StateTtlConfig.newBuilder(remembered)
            .setUpdateType(StateTtlConfig.UpdateType.OnCreateAndWrite)
            .build());
    return descriptor;
  }

  @Override
  public void open(OpenContext context) {
    lists = new ListState(tolerance);
    snapshot.load().forEach(lists::load);
    corrections = new CorrectionIndex();
    try (CorrectionArchive known = archive.open()) {
      known.all().forEach(corrections::add);
    }
    reopened = new Reopened();
    open = getRuntimeContext().getMapState(OPEN_PASSES);
    endedPasses = endedPasses(remembered);
    ended = getRuntimeContext().getMapState(endedPasses);
    pictures = new ListedPictures(pictureStores.open(getRuntimeContext().getMetricGroup()));
    metrics = new EnrichMetrics(getRuntimeContext());
    teller = new PassTeller(new AccessPolicy(access), metrics);
    corrected = new CorrectionTeller(corrections, lists, pictures, teller, metrics);
  }

  /** What was told of passes of the tables, until their rows say so for certain. */
  private static final class Reopened extends LinkedHashMap<String, OpenPass> {

    private static final long serialVersionUID = 1L;
    private static final int MOST = 1000;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, OpenPass> eldest) {
      return size() > MOST;
    }
  }

  @Override
  public void processElement(PassUpdate received, ReadOnlyContext ctx, Collector<VehiclePass> out)
      throws Exception {
    lists.restore(ctx::getBroadcastState);
    VehiclePass recorded = received.pass();
    OpenPass known = open.get(recorded.passId());
    if (received.stage() == Stage.ABSORBED) {
      open.remove(recorded.passId());
      if (known != null) {
        pictures.discard(known.pass());
        teller.takeBack(known, received, List.of(), Reason.ABSORBED, ctx::output);
      }
      return;
    }
    VehiclePass pass = corrected.corrected(recorded);
    if (pass == null) {
      keep(
          received,
          corrected.remove(known, received, received.localText(), List.of(), ctx::output));
      return;
    }
    List<ListMatch> matches = corrected.matches(pass);
    PassUpdate update =
        received.withPass(
            pictures.settle(received.withPass(pass), matches, known == null ? null : known.pass()));
    VehiclePass settled = recorded.withEvidence(update.pass().evidence());
    OpenPass next = corrected.tell(known, update, settled, matches, ctx::output);
    if (update.ended() && (known == null || !known.written() || !known.pass().equals(settled))) {
      if (known != null && known.written()) {
        metrics.corrected(pass.cameraId());
      } else {
        metrics.pass(pass, Instant.now());
      }
      corrected.write(
          update.pass().withMatches(matches), settled, update, out::collect, ctx::output);
    }
    keep(update, next);
  }

  private void keep(PassUpdate update, OpenPass told) throws Exception {
    String passId = update.pass().passId();
    if (update.ended() && update.stage() != Stage.STANDING) {
      open.remove(passId);
      ended.put(passId, new EndedPass(told, update.localText()));
    } else {
      open.put(passId, told);
    }
  }

  @Override
  public void processBroadcastElement(
      Either<ListRecord, CorrectionCase> input, Context ctx, Collector<VehiclePass> out)
      throws Exception {
    // After a restore it may come before the first pass, and passes in progress are matched again.
    lists.restore(ctx::getBroadcastState);
    if (input.isLeft()) {
      onList(input.left(), ctx);
      return;
    }
    CorrectionCase one = input.right();
    Correction correction = one.correction();
    if (correction == null) {
      reject(one.rejected(), ctx);
      return;
    }
    corrections.add(correction);
    VehiclePass found = correct(correction, one.recorded(), ctx, out);
    // Who has the pass knows whether the plate is listed there; where nobody has it, one tells.
    if (found != null || first()) {
      ctx.output(
          SideOutputs.CORRECTIONS,
          new NotedCorrection(correction, corrected.listed(correction, found)));
    }
  }

  private void onList(ListRecord record, Context ctx) throws Exception {
    if (record instanceof ListRejection rejection) {
      reject(rejection.rejected(), ctx);
      return;
    }
    Predicate<String> concerned = lists.apply(record, ctx::getBroadcastState);
    if (concerned != ListState.NONE) {
      ctx.applyToKeyedState(OPEN_PASSES, (camera, state) -> reconsider(state, concerned, ctx));
    }
  }

  /** Every subtask gets what is broadcast; one of them reports it. */
  private boolean first() {
    return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
  }

  private void reject(@Nullable RejectedRecord rejected, Context ctx) {
    if (rejected != null && first()) {
      metrics.rejected(rejected.kind());
      ctx.output(SideOutputs.REJECTED, rejected);
    }
  }

  /**
   * @return the pass as it was recorded; null where this subtask does not have it
   */
  private @Nullable VehiclePass correct(
      Correction correction,
      @Nullable RecordedPass recorded,
      Context ctx,
      Collector<VehiclePass> out)
      throws Exception {
    @Nullable VehiclePass[] found = {null};
    String passId = correction.passId();
    ctx.applyToKeyedState(
        OPEN_PASSES,
        (camera, state) -> {
          OpenPass pass = state.get(passId);
          if (pass != null) {
            found[0] = pass.pass();
            Stage stage = pass.written() ? Stage.STANDING : Stage.PROVISIONAL;
            state.put(passId, correct(pass, stage, "", recorded, correction, ctx, out));
          }
        });
    ctx.applyToKeyedState(
        endedPasses,
        (camera, state) -> {
          EndedPass pass = found[0] == null ? state.get(passId) : null;
          if (pass != null) {
            found[0] = pass.told().pass();
            OpenPass told =
                correct(pass.told(), Stage.FINISHED, pass.local(), recorded, correction, ctx, out);
            state.put(passId, new EndedPass(told, pass.local()));
          }
        });
    if (found[0] == null && recorded != null && owns(recorded.pass().cameraId())) {
      found[0] = recorded.pass();
      OpenPass known =
          reopened.getOrDefault(
              passId, new OpenPass(recorded.pass(), recorded.alert(), true, recorded.access()));
      String local = local(recorded.pass());
      reopened.put(passId, correct(known, Stage.FINISHED, local, recorded, correction, ctx, out));
    }
    return found[0];
  }

  private OpenPass correct(
      OpenPass known,
      Stage stage,
      String local,
      @Nullable RecordedPass rows,
      Correction correction,
      Context ctx,
      Collector<VehiclePass> out)
      throws InterruptedException {
    return corrected.correct(
        known, known.unchanged(stage), local, rows, correction, out::collect, ctx::output);
  }

  /** What the rungs of this machine read, where Gemini was asked as well. */
  private static String local(VehiclePass recorded) {
    PassPlate plate = recorded.plate();
    return plate == null || plate.decision() == null || plate.rungs().isEmpty()
        ? ""
        : plate.rungs().get(0).text();
  }

  /** Whether passes of this camera come through this subtask. */
  private boolean owns(String cameraId) {
    TaskInfo task = getRuntimeContext().getTaskInfo();
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
            cameraId, task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks())
        == task.getIndexOfThisSubtask();
  }

  private void reconsider(
      MapState<String, OpenPass> state, Predicate<String> concerned, Context ctx) throws Exception {
    for (Map.Entry<String, OpenPass> entry : state.entries()) {
      entry.setValue(corrected.reconsider(entry.getValue(), concerned, ctx::output));
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    pictures.flush();
  }

  @Override
  public void initializeState(FunctionInitializationContext context) {
    // All state is described where it is used.
  }

  @Override
  public void close() {
    if (pictures != null) {
      pictures.close();
    }
  }
}
