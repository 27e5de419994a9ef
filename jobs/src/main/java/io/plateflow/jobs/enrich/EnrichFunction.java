package io.plateflow.jobs.enrich;

import io.plateflow.clients.corrections.CorrectionArchive;
import io.plateflow.clients.corrections.PassAtGate;
import io.plateflow.clients.corrections.RecordedPass;
import io.plateflow.clients.lists.ListRecord;
import io.plateflow.clients.lists.ListRejection;
import io.plateflow.jobs.corrections.CorrectedGatePasses;
import io.plateflow.jobs.corrections.CorrectionArchives;
import io.plateflow.jobs.corrections.CorrectionCase;
import io.plateflow.jobs.corrections.CorrectionIndex;
import io.plateflow.jobs.corrections.PassCorrector;
import io.plateflow.jobs.enrich.PassTeller.Cause;
import io.plateflow.jobs.enrich.PassTeller.SideOutput;
import io.plateflow.jobs.evidence.ListedPictures;
import io.plateflow.jobs.pass.AccessConfig;
import io.plateflow.jobs.pass.GatePass;
import io.plateflow.jobs.pass.GateReport;
import io.plateflow.jobs.pass.NotedCorrection;
import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.PassUpdate.Stage;
import io.plateflow.jobs.pass.SideOutputs;
import io.plateflow.schemas.access.AccessDecision.Reason;
import io.plateflow.schemas.corrections.Correction;
import io.plateflow.schemas.corrections.CorrectionKind;
import io.plateflow.schemas.corrections.PassCorrections;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.PlateRead;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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

  /** Corrections that come later raise nothing new; long enough for all rows to be written. */
  private static final Duration RECENTLY = Duration.ofMinutes(5);

  static final MapStateDescriptor<String, OpenPass> OPEN_PASSES =
      new MapStateDescriptor<>("open-passes", Types.STRING, TypeInformation.of(OpenPass.class));

  static final MapStateDescriptor<String, EndedPass> ENDED_PASSES = endedPasses();

  private final double tolerance;
  private final AccessConfig access;
  private final ListSnapshot snapshot;
  private final CorrectionArchives archive;
  private final ListedPictures.Factory pictureStores;

  private transient ListedPictures pictures;
  private transient ListState lists;
  private transient PassTeller teller;
  private transient CorrectionIndex corrections;
  private transient PassCorrector corrector;
  private transient Map<String, OpenPass> reopened;
  private transient MapState<String, OpenPass> open;
  private transient MapState<String, EndedPass> ended;
  private transient EnrichMetrics metrics;

  /**
   * @param tolerance largest confusion-weighted distance that counts as a match, where a list says
   *     nothing
   */
  public EnrichFunction(
      double tolerance,
      AccessConfig access,
      ListSnapshot snapshot,
      CorrectionArchives archive,
      ListedPictures.Factory pictureStores) {
    this.tolerance = tolerance;
    this.access = access;
    this.snapshot = snapshot;
    this.archive = archive;
    this.pictureStores = pictureStores;
  }

  /** The state that the lists are broadcast with. */
  public static MapStateDescriptor<?, ?>[] broadcastState() {
    return new MapStateDescriptor<?, ?>[] {
      ListState.PLATE_STATUSES, ListState.LISTS, ListState.ENTRIES
    };
  }

  private static MapStateDescriptor<String, EndedPass> endedPasses() {
    MapStateDescriptor<String, EndedPass> descriptor =
        new MapStateDescriptor<>("ended-passes", Types.STRING, TypeInformation.of(EndedPass.class));
    descriptor.enableTimeToLive(
        StateTtlConfig.newBuilder(RECENTLY.plusMinutes(1))
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
    corrector = new PassCorrector();
    reopened = new Reopened();
    open = getRuntimeContext().getMapState(OPEN_PASSES);
    ended = getRuntimeContext().getMapState(ENDED_PASSES);
    pictures = new ListedPictures(pictureStores.open(getRuntimeContext().getMetricGroup()));
    metrics = new EnrichMetrics(getRuntimeContext());
    teller = new PassTeller(new AccessPolicy(access), metrics);
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
    PassCorrections made = corrections.of(recorded.passId());
    VehiclePass pass = corrector.apply(recorded, made);
    if (pass == null) {
      keep(received, remove(known, received, local(received), List.of(), ctx::output));
      return;
    }
    List<ListMatch> matches = matches(pass);
    PassUpdate update =
        received.withPass(
            pictures.settle(received.withPass(pass), matches, known == null ? null : known.pass()));
    VehiclePass settled = recorded.withEvidence(update.pass().evidence());
    OpenPass next = tell(known, update, settled, matches, ctx::output);
    if (update.ended() && (known == null || !known.written() || !known.pass().equals(settled))) {
      if (known != null && known.written()) {
        metrics.corrected(pass.cameraId());
      } else {
        metrics.pass(pass, Instant.now());
      }
      write(update.pass().withMatches(matches), settled, update, out::collect, ctx::output);
    }
    keep(update, next);
  }

  /**
   * In a replay corrections that came late come late again: what they began nothing of stays so.
   */
  private OpenPass tell(
      @Nullable OpenPass known,
      PassUpdate update,
      VehiclePass recorded,
      List<ListMatch> matches,
      SideOutput sides) {
    Instant last = recorded.seen().last();
    PassCorrections made = corrections.of(recorded.passId());
    PassCorrections soon = soon(recorded, made);
    if (soon.all().size() == made.all().size()) {
      return teller.tell(known, update, recorded, made.plates(), matches, last, Cause.FRAME, sides);
    }
    VehiclePass before = corrected(recorded, soon);
    OpenPass told =
        teller.tell(
            known,
            update.withPass(before),
            recorded,
            soon.plates(),
            matches(before),
            last,
            Cause.FRAME,
            sides);
    return update.ended()
        ? teller.tell(
            told, update, recorded, made.plates(), matches, last, Cause.LATE_CORRECTION, sides)
        : told;
  }

  /** The corrections that came soon enough to raise what a read would have raised. */
  private static PassCorrections soon(VehiclePass recorded, PassCorrections made) {
    return made.until(recorded.seen().last().plus(RECENTLY));
  }

  /** A pass that is not to be gone with its corrections. */
  private VehiclePass corrected(VehiclePass recorded, PassCorrections made) {
    VehiclePass pass = corrector.apply(recorded, made);
    return pass == null ? recorded : pass;
  }

  private void keep(PassUpdate update, OpenPass told) throws Exception {
    String passId = update.pass().passId();
    if (update.ended() && update.stage() != Stage.STANDING) {
      open.remove(passId);
      ended.put(passId, new EndedPass(told, local(update)));
    } else {
      open.put(passId, told);
    }
  }

  private List<ListMatch> matches(VehiclePass pass) {
    return matches(pass.plateText(), pass);
  }

  /** What the lists say of a plate where and when this pass was. */
  private List<ListMatch> matches(String plate, VehiclePass pass) {
    if (plate.startsWith("#")) {
      // Hidden, and read back from the tables: it was on no list, and its hash means nothing.
      return List.of();
    }
    return lists.index().matches(plate, pass.place(), pass.seen().first(), pass.seen().last());
  }

  /** Emits a pass with what follows from it for parking. */
  private void write(
      VehiclePass matched,
      VehiclePass recorded,
      PassUpdate update,
      Consumer<VehiclePass> out,
      SideOutput sides) {
    out.accept(matched);
    if (corrections.of(matched.passId()).isEmpty()) {
      for (GatePass atGate : GatePass.of(matched, update.local(), update.asked())) {
        sides.put(SideOutputs.GATE_PASSES, GateReport.of(atGate));
      }
    } else {
      tellParking(recorded, matched, local(update), List.of(), sides);
    }
  }

  private void tellParking(
      VehiclePass recorded,
      @Nullable VehiclePass matched,
      String local,
      List<PassAtGate> neighbours,
      SideOutput sides) {
    for (GateReport report :
        CorrectedGatePasses.of(recorded, matched, local, neighbours, corrections)) {
      sides.put(SideOutputs.GATE_PASSES, report);
    }
  }

  /** What the rungs of this machine read where Gemini was asked as well; else empty. */
  private static String local(PassUpdate update) {
    PlateRead local = update.local();
    return update.asked() && local != null ? local.text() : "";
  }

  /**
   * Takes back whatever was told of a pass that people deleted; of an erased one nothing is told.
   */
  private OpenPass remove(
      @Nullable OpenPass known,
      PassUpdate update,
      String local,
      List<PassAtGate> neighbours,
      SideOutput sides) {
    OpenPass none = new OpenPass(update.pass(), null, update.ended(), null);
    PassCorrections made = corrections.of(update.pass().passId());
    if (made.erased()) {
      return none;
    }
    if (update.ended()) {
      tellParking(update.pass(), null, local, neighbours, sides);
    }
    return known == null
        ? none
        : teller.takeBack(known, update, made.plates(), Reason.REMOVED, sides);
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
    VehiclePass corrected = correct(correction, one.recorded(), ctx, out);
    // Who has the pass knows whether the plate is listed there; where nobody has it, one tells.
    if (corrected != null || first()) {
      ctx.output(
          SideOutputs.CORRECTIONS, new NotedCorrection(correction, listed(correction, corrected)));
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

  /** Whether the correction gives a plate that is on a list at its pass. */
  private boolean listed(Correction correction, @Nullable VehiclePass pass) {
    String plate = correction.to();
    boolean gives =
        correction.kind() == CorrectionKind.PLATE || correction.kind() == CorrectionKind.VISIT_JOIN;
    return pass != null
        && plate != null
        && gives
        && pass.withMatches(matches(plate, pass)).listed();
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
            PassUpdate update =
                unchanged(pass, pass.written() ? Stage.STANDING : Stage.PROVISIONAL);
            state.put(passId, correct(pass, update, "", recorded, correction, ctx, out));
          }
        });
    ctx.applyToKeyedState(
        ENDED_PASSES,
        (camera, state) -> {
          EndedPass pass = found[0] == null ? state.get(passId) : null;
          if (pass != null) {
            found[0] = pass.told().pass();
            PassUpdate update = unchanged(pass.told(), Stage.FINISHED);
            OpenPass told =
                correct(pass.told(), update, pass.local(), recorded, correction, ctx, out);
            state.put(passId, new EndedPass(told, pass.local()));
          }
        });
    if (found[0] == null && recorded != null && owns(recorded.pass().cameraId())) {
      found[0] = recorded.pass();
      OpenPass known =
          reopened.getOrDefault(
              passId, new OpenPass(recorded.pass(), recorded.alert(), true, recorded.access()));
      PassUpdate update = unchanged(known, Stage.FINISHED);
      reopened.put(
          passId, correct(known, update, local(recorded.pass()), recorded, correction, ctx, out));
    }
    return found[0];
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

  private OpenPass correct(
      OpenPass known,
      PassUpdate update,
      String local,
      @Nullable RecordedPass rows,
      Correction correction,
      Context ctx,
      Collector<VehiclePass> out) {
    VehiclePass recorded = known.pass();
    metrics.correctedByPeople(correction.kind());
    List<PassAtGate> neighbours = rows == null ? List.of() : rows.neighbours();
    PassCorrections made = corrections.of(recorded.passId());
    VehiclePass pass = corrector.apply(recorded, made);
    if (pass == null) {
      return remove(known, update, local, neighbours, ctx::output);
    }
    List<ListMatch> matches = matches(pass);
    boolean soon = !correction.changedAt().isAfter(recorded.seen().last().plus(RECENTLY));
    OpenPass told =
        teller.tell(
            known,
            update.withPass(pass),
            recorded,
            made.plates(),
            matches,
            recorded.seen().last(),
            soon ? Cause.CHANGE : Cause.LATE_CORRECTION,
            ctx::output);
    if (update.ended()) {
      VehiclePass matched = pass.withMatches(matches);
      out.collect(matched);
      tellParking(recorded, matched, local, neighbours, ctx::output);
    }
    return told;
  }

  private void reconsider(
      MapState<String, OpenPass> state, Predicate<String> concerned, Context ctx) throws Exception {
    for (Map.Entry<String, OpenPass> entry : state.entries()) {
      OpenPass known = entry.getValue();
      VehiclePass recorded = known.pass();
      PassCorrections made = corrections.of(recorded.passId());
      // Of an import of many entries hardly one concerns a vehicle in view.
      VehiclePass pass = corrected(recorded, soon(recorded, made));
      if (made.gone() || !concerned.test(pass.plateText())) {
        continue;
      }
      entry.setValue(
          teller.tell(
              known,
              unchanged(known, known.written() ? Stage.STANDING : Stage.PROVISIONAL).withPass(pass),
              recorded,
              made.plates(),
              matches(pass),
              pass.seen().last(),
              Cause.CHANGE,
              ctx::output));
    }
  }

  private static PassUpdate unchanged(OpenPass pass, Stage stage) {
    return new PassUpdate(pass.pass(), stage, null, List.of(), false, null);
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
