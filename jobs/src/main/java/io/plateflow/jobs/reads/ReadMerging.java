package io.plateflow.jobs.reads;

import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.PassUpdate.Stage;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.ConfusionDistance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;

/**
 * Joins what a camera repeats of a plate to one pass, and lets a record that comes twice count
 * once. Capture times decide what is one; the wall clock, which needs no camera to go on, only when
 * a pass is told for the last time and when it is forgotten.
 */
public final class ReadMerging {

  /** By the plates of the passes, look-alikes folded into one. */
  static final MapStateDescriptor<String, RecentPasses> RECENT =
      new MapStateDescriptor<>(
          "recent-reads", Types.STRING, TypeInformation.of(RecentPasses.class));

  /** How long after the last repeat one that comes late is still joined. */
  static final Duration LATE = Duration.ofMinutes(10);

  /** A vehicle that was captured longer ago may have left: no gate opens for it. */
  private static final Duration IN_VIEW = Duration.ofSeconds(10);

  /** Few timers, whatever the traffic. */
  private static final long TICK_MILLIS = 1000;

  /** A pass is told of every repeat until so many agree; then at its end. */
  private static final int TOLD_READS = 10;

  private final Duration within;
  private final MapState<String, RecentPasses> recent;
  private final RecordMemory memory;

  public ReadMerging(ReadsConfig config, RuntimeContext context) {
    this.within = config.mergeWithin();
    this.recent = context.getMapState(RECENT);
    this.memory = new RecordMemory(config.remember(), context.getMapState(RecordMemory.KNOWN));
  }

  /** Takes a read of the current key. */
  public void add(OutsideRead read, TimerService timers, Collector<PassUpdate> out)
      throws Exception {
    if (!memory.add(read.recordId(), read.pass().seen().first(), timers)) {
      return;
    }
    if (!read.merges()) {
      out.collect(update(read.pass(), Stage.FINISHED, false));
      return;
    }
    String plate = ConfusionDistance.fold(read.pass().plateText());
    RecentPasses known = recent.get(plate);
    List<RecentPass> passes = known == null ? new ArrayList<>() : new ArrayList<>(known.passes());
    // State of a version that had no memory beside it.
    if (passes.stream().anyMatch(pass -> pass.knows(read.recordId()))) {
      return;
    }
    long now = timers.currentProcessingTime();
    boolean inView = now - read.pass().seen().last().toEpochMilli() <= IN_VIEW.toMillis();
    long settleAt = now + within.toMillis();
    long forgetAt = now + within.plus(LATE).toMillis();
    int index = 0;
    while (index < passes.size()
        && !passes.get(index).near(read.pass().frame().capturedAt(), within)) {
      index++;
    }
    if (index < passes.size()) {
      RecentPass before = passes.get(index);
      RecentPass next = before.with(read, settleAt, forgetAt);
      passes.set(index, next);
      tell(before, next, inView, out);
    } else {
      passes.add(new RecentPass(read.pass(), List.of(read.recordId()), settleAt, forgetAt, false));
      out.collect(update(read.pass(), Stage.STANDING, inView));
    }
    recent.put(plate, new RecentPasses(List.copyOf(passes)));
    timers.registerProcessingTimeTimer(tick(settleAt));
    timers.registerProcessingTimeTimer(tick(forgetAt));
  }

  private static void tell(
      RecentPass before, RecentPass next, boolean inView, Collector<PassUpdate> out) {
    boolean corrected = next.pass().revision() > before.pass().revision();
    PassPlate plate = before.pass().plate();
    boolean few = plate != null && plate.agreeingReads() < TOLD_READS;
    if (corrected || few && !before.settled()) {
      out.collect(update(next.pass(), before.settled() ? Stage.FINISHED : Stage.STANDING, inView));
    }
  }

  /** Tells the passes of the current key that have settled, and drops those that are old. */
  public void onTimer(long now, Collector<PassUpdate> out) throws Exception {
    memory.forget(now);
    List<String> old = new ArrayList<>();
    for (Map.Entry<String, RecentPasses> entry : recent.entries()) {
      List<RecentPass> left = new ArrayList<>();
      for (RecentPass pass : entry.getValue().passes()) {
        if (!pass.settled() && pass.settleAt() <= now) {
          out.collect(update(pass.pass(), Stage.FINISHED, false));
          left.add(pass.asSettled());
        } else if (pass.forgetAt() > now) {
          left.add(pass);
        }
      }
      if (left.isEmpty()) {
        old.add(entry.getKey());
      } else if (!left.equals(entry.getValue().passes())) {
        entry.setValue(new RecentPasses(left));
      }
    }
    // Not by the iterator, which leaves an empty map behind.
    for (String plate : old) {
      recent.remove(plate);
    }
  }

  private static long tick(long at) {
    return (at / TICK_MILLIS + 1) * TICK_MILLIS;
  }

  private static PassUpdate update(VehiclePass pass, Stage stage, boolean inView) {
    return new PassUpdate(pass, stage, null, List.of(), false, null, false, inView);
  }
}
