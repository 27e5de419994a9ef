package io.plateflow.jobs.parking;

import io.plateflow.jobs.pass.GatePass;
import io.plateflow.jobs.pass.GateReport;
import io.plateflow.schemas.parking.VisitUpdate;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keeps the recent passes of each plate at each site in keyed state and emits the visits that
 * follow from them.
 *
 * <p>Every pass emits all that the state holds: the current visits, and a removal for every pass
 * that begins no visit. A crash may have left rows that were derived from passes in another order;
 * the replay corrects all of them.
 *
 * <p>Where an old pass was corrected, the passes around it come with it, for the state has long
 * forgotten them; they are forgotten again as any other.
 */
public final class ParkingFunction extends KeyedProcessFunction<String, GateReport, VisitUpdate> {

  private static final long serialVersionUID = 1L;

  static final ValueStateDescriptor<PlateHistory> HISTORY =
      new ValueStateDescriptor<>("plate-history", TypeInformation.of(PlateHistory.class));

  private final ParkingConfig config;

  private transient VisitDerivation derivation;
  private transient ValueState<PlateHistory> state;

  public ParkingFunction(ParkingConfig config) {
    this.config = config;
  }

  @Override
  public void open(OpenContext context) {
    derivation = new VisitDerivation(config);
    state = getRuntimeContext().getState(HISTORY);
  }

  @Override
  public void processElement(GateReport report, Context ctx, Collector<VisitUpdate> out)
      throws Exception {
    PlateHistory history = state.value();
    if (history == null) {
      history = new PlateHistory();
    }
    tick(history, ctx.timerService());
    Set<String> known = Set.copyOf(history.passes.keySet());
    report.passes().forEach(history::add);
    List<VisitDraft> visits = derivation.derive(history.passes.values(), history.clock);
    if (report.changedFrom() != null) {
      Instant from = report.changedFrom().minus(config.sameGateWithin());
      visits = history.leaveOut(visits, from, known);
    }
    emit(history, visits, out);
    keep(history, visits, ctx.timerService());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext ctx, Collector<VisitUpdate> out)
      throws Exception {
    PlateHistory history = state.value();
    if (history == null) {
      return;
    }
    if (ctx.timerService().currentWatermark() == Long.MAX_VALUE) {
      // The recordings ended, time did not: a vehicle on site is still there. And it may come in
      // mid-run, when after a restore no camera is up yet: then passes follow, and must find what
      // was known before them.
      history.timer = 0;
      state.update(history);
      return;
    }
    history.timer = 0;
    tick(history, ctx.timerService());
    List<VisitDraft> visits = derivation.derive(history.passes.values(), history.clock);
    emit(history, visits, out);
    keep(history, visits, ctx.timerService());
  }

  /**
   * Moves the clock on. After a restore the watermark starts over, the clock does not. The last
   * watermark carries no time, and may come early: when all cameras are idle and the access list of
   * a finite job has ended.
   */
  private static void tick(PlateHistory history, TimerService timers) {
    long watermark = timers.currentWatermark();
    if (watermark > Long.MIN_VALUE && watermark < Long.MAX_VALUE) {
      history.tick(Instant.ofEpochMilli(watermark));
    }
  }

  private static void emit(
      PlateHistory history, List<VisitDraft> visits, Collector<VisitUpdate> out) {
    Set<String> first = new HashSet<>();
    for (VisitDraft visit : visits) {
      first.add(visit.first().passId());
    }
    for (GatePass pass : history.passes.values()) {
      if (!first.contains(pass.passId())) {
        out.collect(VisitUpdate.removed(pass.visitId(), pass.plate()));
      }
    }
    for (VisitDraft visit : visits) {
      out.collect(VisitUpdate.of(visit.visit()));
    }
  }

  private void keep(PlateHistory history, List<VisitDraft> visits, TimerService timers)
      throws Exception {
    history.forgetSettled(visits, config);
    List<VisitDraft> kept = derivation.derive(history.passes.values(), history.clock);
    Instant next = history.nextLook(kept, config);
    // Past the deadline, not at it: a vehicle that leaves in that very millisecond is in time.
    long timer = next == null ? 0 : next.toEpochMilli() + 1;
    if (timer != history.timer) {
      if (history.timer != 0) {
        timers.deleteEventTimeTimer(history.timer);
      }
      if (timer != 0) {
        timers.registerEventTimeTimer(timer);
      }
      history.timer = timer;
    }
    if (history.passes.isEmpty()) {
      state.clear();
    } else {
      state.update(history);
    }
  }
}
