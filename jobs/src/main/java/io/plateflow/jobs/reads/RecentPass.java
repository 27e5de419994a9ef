package io.plateflow.jobs.reads;

import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.Period;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.PlateLook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A pass that repeats of its camera are still joined to.
 *
 * @param records ids of the records that it was made of, the last ones
 * @param settleAt wall clock in milliseconds at which no further repeat is waited for
 * @param forgetAt the same for when it is dropped: a repeat that comes later is a pass of its own
 * @param settled whether it was told for the last time, unless its text changes yet
 */
public record RecentPass(
    VehiclePass pass, List<String> records, long settleAt, long forgetAt, boolean settled) {

  private static final int RECORDS_KEPT = 100;
  private static final int LOOKS_KEPT = 20;

  boolean knows(String recordId) {
    return records.contains(recordId);
  }

  boolean near(Instant at, Duration within) {
    Period seen = pass.seen();
    return !at.isBefore(seen.first().minus(within)) && !at.isAfter(seen.last().plus(within));
  }

  RecentPass asSettled() {
    return new RecentPass(pass, records, settleAt, forgetAt, true);
  }

  /** With one more look at its plate, or one that looks alike; the surer text holds. */
  RecentPass with(OutsideRead read, long newSettleAt, long newForgetAt) {
    List<String> ids = new ArrayList<>(records);
    ids.add(read.recordId());
    return new RecentPass(
        merged(pass, read.pass()),
        List.copyOf(last(ids, RECORDS_KEPT)),
        newSettleAt,
        newForgetAt,
        settled);
  }

  private static VehiclePass merged(VehiclePass pass, VehiclePass read) {
    PassPlate before = pass.plate();
    PassPlate seen = read.plate();
    if (before == null || seen == null) {
      throw new IllegalStateException("Pass %s: found no plate, expected one".formatted(pass));
    }
    boolean surer = seen.readScore() > before.readScore();
    boolean same = seen.text().equals(before.text());
    VehiclePass winner = surer ? read : pass;
    VehiclePass other = surer ? pass : read;
    Period was = pass.seen();
    Period is = read.seen();
    return new VehiclePass(
        pass.passId(),
        pass.revision() + (surer && !same ? 1 : 0),
        pass.place(),
        new Period(
            was.first().isBefore(is.first()) ? was.first() : is.first(),
            was.last().isAfter(is.last()) ? was.last() : is.last(),
            was.frames() + is.frames()),
        winner.frame(),
        winner.pairing(),
        winner.vehicle() == null ? other.vehicle() : winner.vehicle(),
        plate(surer ? seen : before, before, seen),
        null,
        winner.evidence(),
        pass.direction(),
        List.of(),
        pass.origin());
  }

  private static PassPlate plate(PassPlate winner, PassPlate before, PassPlate seen) {
    List<PlateLook> looks = new ArrayList<>(before.looks());
    looks.addAll(seen.looks());
    return new PassPlate(
        winner.text(),
        winner.box(),
        winner.detectionScore(),
        winner.readScore(),
        before.reads() + seen.reads(),
        seen.text().equals(before.text())
            ? before.agreeingReads() + seen.agreeingReads()
            : winner.agreeingReads(),
        winner.reader(),
        winner.attributes(),
        winner.rungs(),
        null,
        last(looks, LOOKS_KEPT));
  }

  private static <T> List<T> last(List<T> all, int count) {
    return all.subList(Math.max(0, all.size() - count), all.size());
  }
}
