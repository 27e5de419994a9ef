package io.plateflow.jobs.enrich;

import io.plateflow.clients.lists.ListRecord;
import io.plateflow.clients.lists.ListRejection;
import io.plateflow.jobs.evidence.ListedPictures;
import io.plateflow.jobs.pass.AccessConfig;
import io.plateflow.jobs.pass.GatePass;
import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.PassUpdate.Stage;
import io.plateflow.jobs.pass.RulePass;
import io.plateflow.jobs.pass.SideOutputs;
import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.VehiclePass;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Matches every pass with the lists, which it keeps in broadcast state, raises alerts and tells
 * gates what they may do. A change of a list also applies to passes in progress; a gate is not
 * opened by it, but by the next frame that shows the vehicle.
 */
public final class EnrichFunction
    extends KeyedBroadcastProcessFunction<String, PassUpdate, ListRecord, VehiclePass>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  static final MapStateDescriptor<String, OpenPass> OPEN_PASSES =
      new MapStateDescriptor<>("open-passes", Types.STRING, TypeInformation.of(OpenPass.class));

  private final double tolerance;
  private final AccessConfig access;
  private final ListSnapshot snapshot;
  private final ListedPictures.Factory pictureStores;

  private transient ListedPictures pictures;
  private transient ListState lists;
  private transient AccessPolicy gates;
  private transient MapState<String, OpenPass> open;
  private transient EnrichMetrics metrics;

  /**
   * @param tolerance largest confusion-weighted distance that counts as a match, where a list says
   *     nothing
   */
  public EnrichFunction(
      double tolerance,
      AccessConfig access,
      ListSnapshot snapshot,
      ListedPictures.Factory pictureStores) {
    this.tolerance = tolerance;
    this.access = access;
    this.snapshot = snapshot;
    this.pictureStores = pictureStores;
  }

  /** The state that the lists are broadcast with. */
  public static MapStateDescriptor<?, ?>[] broadcastState() {
    return new MapStateDescriptor<?, ?>[] {
      ListState.PLATE_STATUSES, ListState.LISTS, ListState.ENTRIES
    };
  }

  @Override
  public void open(OpenContext context) {
    lists = new ListState(tolerance);
    snapshot.load().forEach(lists::load);
    gates = new AccessPolicy(access);
    open = getRuntimeContext().getMapState(OPEN_PASSES);
    pictures = new ListedPictures(pictureStores.open(getRuntimeContext().getMetricGroup()));
    metrics = new EnrichMetrics(getRuntimeContext());
  }

  @Override
  public void processElement(PassUpdate received, ReadOnlyContext ctx, Collector<VehiclePass> out)
      throws Exception {
    lists.restore(ctx::getBroadcastState);
    if (received.stage() == Stage.ABSORBED) {
      onAbsorbed(received, ctx);
      return;
    }
    VehiclePass pass = received.pass();
    OpenPass known = open.get(pass.passId());
    List<ListMatch> matches = matches(pass, pass.seen().last());
    PassUpdate update =
        received.withPass(pictures.settle(received, matches, known == null ? null : known.pass()));
    OpenPass next = tell(known, update, matches, pass.seen().last(), true, ctx::output);
    if (update.ended()) {
      write(update, matches, known, ctx, out);
    }
    if (update.ended() && update.stage() != Stage.STANDING) {
      open.remove(pass.passId());
    } else {
      open.put(pass.passId(), next);
    }
  }

  private List<ListMatch> matches(VehiclePass pass, Instant until) {
    return lists.index().matches(pass.plateText(), pass.place(), pass.seen().first(), until);
  }

  /** Either kind of Flink's contexts. */
  @FunctionalInterface
  private interface SideOutput {
    <T> void put(OutputTag<T> tag, T value);
  }

  /** Sends the alert and the decision that follow, where there is news. */
  private OpenPass tell(
      @Nullable OpenPass known,
      PassUpdate update,
      List<ListMatch> matches,
      Instant at,
      boolean fromFrame,
      SideOutput out) {
    Instant now = Instant.now();
    Alert before = known == null ? null : known.alert();
    Alert alert = AlertPolicy.next(before, update, matches, now);
    if (alert != null) {
      metrics.alert(alert);
      if (before == null) {
        metrics.alertRaised(fromFrame ? at : null, now);
      }
      out.put(SideOutputs.ALERTS, alert);
    }
    AccessDecision decided = known == null ? null : known.access();
    AccessDecision decision = gates.next(decided, update, matches, at, now);
    if (decision != null) {
      metrics.access(decision, fromFrame && decided == null);
      out.put(SideOutputs.ACCESS, decision);
    }
    for (RulePass told : RulePass.of(known == null ? null : known.pass(), update, matches)) {
      out.put(SideOutputs.RULE_PASSES, told);
    }
    return new OpenPass(
        update.pass(),
        alert == null ? before : alert,
        update.ended(),
        decision == null ? decided : decision);
  }

  /** Emits a pass; again only where an answer has changed it. */
  private void write(
      PassUpdate update,
      List<ListMatch> matches,
      @Nullable OpenPass known,
      ReadOnlyContext ctx,
      Collector<VehiclePass> out) {
    VehiclePass pass = update.pass();
    boolean again = known != null && known.written();
    if (again && known != null && known.pass().equals(pass)) {
      return;
    }
    if (again) {
      metrics.corrected(pass.cameraId());
    } else {
      metrics.pass(pass, Instant.now());
    }
    VehiclePass matched = pass.withMatches(matches);
    out.collect(matched);
    for (GatePass atGate : GatePass.of(matched, update.local(), update.asked())) {
      ctx.output(SideOutputs.GATE_PASSES, atGate);
    }
  }

  private void onAbsorbed(PassUpdate update, ReadOnlyContext ctx) throws Exception {
    OpenPass known = open.get(update.pass().passId());
    open.remove(update.pass().passId());
    if (known != null) {
      pictures.discard(known.pass());
      ctx.output(SideOutputs.RULE_PASSES, RulePass.retracted(known.pass()));
      Alert withdrawn = AlertPolicy.next(known.alert(), update, List.of(), Instant.now());
      if (withdrawn != null) {
        metrics.alert(withdrawn);
        ctx.output(SideOutputs.ALERTS, withdrawn);
      }
      AccessDecision closed = AccessPolicy.absorbed(known.access(), Instant.now());
      if (closed != null) {
        metrics.access(closed, false);
        ctx.output(SideOutputs.ACCESS, closed);
      }
    }
  }

  @Override
  public void processBroadcastElement(ListRecord record, Context ctx, Collector<VehiclePass> out)
      throws Exception {
    if (record instanceof ListRejection rejection) {
      // Every subtask gets the record; one of them reports it.
      if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
        metrics.rejected(rejection.rejected().kind());
        ctx.output(SideOutputs.REJECTED, rejection.rejected());
      }
      return;
    }
    if (lists.apply(record, ctx::getBroadcastState)) {
      ctx.applyToKeyedState(OPEN_PASSES, (camera, state) -> reconsider(state, ctx));
    }
  }

  private void reconsider(MapState<String, OpenPass> state, Context ctx) throws Exception {
    for (Map.Entry<String, OpenPass> entry : state.entries()) {
      OpenPass pass = entry.getValue();
      Instant last = pass.pass().seen().last();
      entry.setValue(
          tell(pass, unchanged(pass), matches(pass.pass(), last), last, false, ctx::output));
    }
  }

  private static PassUpdate unchanged(OpenPass pass) {
    return new PassUpdate(
        pass.pass(),
        pass.written() ? Stage.STANDING : Stage.PROVISIONAL,
        null,
        List.of(),
        false,
        null);
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
