package io.plateflow.jobs.enrich;

import io.plateflow.clients.status.PlateStatusEntry;
import io.plateflow.clients.status.PlateStatusRecord;
import io.plateflow.clients.status.PlateStatusRejection;
import io.plateflow.jobs.evidence.ListedPictures;
import io.plateflow.jobs.pass.GatePass;
import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.PassUpdate.Stage;
import io.plateflow.jobs.pass.SideOutputs;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.status.PlateStatus;
import io.plateflow.schemas.status.StatusMatch;
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
import org.jspecify.annotations.Nullable;

/**
 * Matches every pass with the access list, which it keeps in broadcast state, and raises alerts. A
 * change of the list also applies to passes in progress.
 */
public final class EnrichFunction
    extends KeyedBroadcastProcessFunction<String, PassUpdate, PlateStatusRecord, VehiclePass>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  /** The access list, by normalised plate. */
  public static final MapStateDescriptor<String, PlateStatus> PLATE_STATUSES =
      new MapStateDescriptor<>(
          "plate-statuses", Types.STRING, TypeInformation.of(PlateStatus.class));

  static final MapStateDescriptor<String, OpenPass> OPEN_PASSES =
      new MapStateDescriptor<>("open-passes", Types.STRING, TypeInformation.of(OpenPass.class));

  private final double tolerance;
  private final PlateStatusSnapshot snapshot;
  private final ListedPictures.Factory pictureStores;

  private transient ListedPictures pictures;
  private transient PlateStatusList list;
  private transient boolean restoredRead;
  private transient MapState<String, OpenPass> open;
  private transient EnrichMetrics metrics;

  /**
   * @param tolerance largest confusion-weighted distance that counts as a match
   */
  public EnrichFunction(
      double tolerance, PlateStatusSnapshot snapshot, ListedPictures.Factory pictureStores) {
    this.tolerance = tolerance;
    this.snapshot = snapshot;
    this.pictureStores = pictureStores;
  }

  @Override
  public void open(OpenContext context) {
    list = new PlateStatusList(tolerance);
    snapshot.load().forEach(list::apply);
    open = getRuntimeContext().getMapState(OPEN_PASSES);
    pictures = new ListedPictures(pictureStores.open(getRuntimeContext().getMetricGroup()));
    metrics = new EnrichMetrics(getRuntimeContext());
  }

  @Override
  public void processElement(PassUpdate received, ReadOnlyContext ctx, Collector<VehiclePass> out)
      throws Exception {
    if (!restoredRead) {
      // Broadcast state cannot be read in open().
      for (var entry : ctx.getBroadcastState(PLATE_STATUSES).immutableEntries()) {
        list.apply(entry.getValue());
      }
      restoredRead = true;
    }
    if (received.stage() == Stage.ABSORBED) {
      onAbsorbed(received, ctx);
      return;
    }
    String passId = received.pass().passId();
    OpenPass known = open.get(passId);
    Alert previous = known == null ? null : known.alert();
    StatusMatch match = list.match(received.pass().plateText());
    PassUpdate update =
        received.withPass(pictures.settle(received, match, known == null ? null : known.pass()));
    Alert alert = AlertPolicy.next(previous, update, match, Instant.now());
    if (alert != null) {
      metrics.alert(alert);
      if (previous == null) {
        metrics.alertRaised(update.pass().seen().last(), alert.emittedAt());
      }
      ctx.output(SideOutputs.ALERTS, alert);
    }
    if (update.ended()) {
      write(update, match, known, ctx, out);
    }
    if (update.ended() && update.stage() != Stage.STANDING) {
      open.remove(passId);
    } else {
      open.put(
          passId, new OpenPass(update.pass(), alert == null ? previous : alert, update.ended()));
    }
  }

  /** Emits a pass; again only where an answer has changed it. */
  private void write(
      PassUpdate update,
      @Nullable StatusMatch match,
      @Nullable OpenPass known,
      ReadOnlyContext ctx,
      Collector<VehiclePass> out) {
    VehiclePass pass = update.pass();
    VehiclePass written = known != null && known.written() ? known.pass() : null;
    if (pass.equals(written)) {
      return;
    }
    if (written == null) {
      metrics.pass(pass, Instant.now());
    } else {
      metrics.corrected(pass.cameraId());
    }
    out.collect(pass.withMatch(match));
    for (GatePass atGate : GatePass.of(pass.withMatch(match), update.local(), update.asked())) {
      ctx.output(SideOutputs.GATE_PASSES, atGate);
    }
  }

  private void onAbsorbed(PassUpdate update, ReadOnlyContext ctx) throws Exception {
    OpenPass known = open.get(update.pass().passId());
    open.remove(update.pass().passId());
    if (known != null) {
      pictures.discard(known.pass());
      Alert withdrawn = AlertPolicy.next(known.alert(), update, null, Instant.now());
      if (withdrawn != null) {
        metrics.alert(withdrawn);
        ctx.output(SideOutputs.ALERTS, withdrawn);
      }
    }
  }

  @Override
  public void processBroadcastElement(
      PlateStatusRecord record, Context ctx, Collector<VehiclePass> out) throws Exception {
    if (record instanceof PlateStatusRejection rejection) {
      // Every subtask gets the record; one of them reports it.
      if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
        metrics.rejected(rejection.rejected().kind());
        ctx.output(SideOutputs.REJECTED, rejection.rejected());
      }
    } else if (record instanceof PlateStatusEntry entry) {
      apply(entry.status(), ctx);
    }
  }

  private void apply(PlateStatus status, Context ctx) throws Exception {
    var stored = ctx.getBroadcastState(PLATE_STATUSES);
    PlateStatus known = stored.get(status.plate());
    if (known == null || known.version() < status.version()) {
      stored.put(status.plate(), status);
    }
    if (list.apply(status)) {
      ctx.applyToKeyedState(OPEN_PASSES, (camera, state) -> reconsider(state, ctx));
    }
  }

  private void reconsider(MapState<String, OpenPass> state, Context ctx) throws Exception {
    for (Map.Entry<String, OpenPass> entry : state.entries()) {
      VehiclePass pass = entry.getValue().pass();
      Alert previous = entry.getValue().alert();
      Alert alert =
          AlertPolicy.next(
              previous,
              new PassUpdate(
                  pass,
                  entry.getValue().written() ? Stage.STANDING : Stage.PROVISIONAL,
                  null,
                  List.of(),
                  false,
                  null),
              list.match(pass.plateText()),
              Instant.now());
      if (alert != null) {
        metrics.alert(alert);
        if (previous == null) {
          metrics.alertRaisedByList();
        }
        ctx.output(SideOutputs.ALERTS, alert);
        entry.setValue(new OpenPass(pass, alert, entry.getValue().written()));
      }
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
