package io.plateflow.jobs.reads;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;

/**
 * Tells a record that is sent again from a new one. Eight bytes a record: a repeat was part of
 * another record's pass, so the row of a pass cannot tell.
 */
final class RecordMemory {

  /** By the hour of capture since the epoch: a record that comes again says the same time. */
  static final MapStateDescriptor<Long, KnownRecords> KNOWN =
      new MapStateDescriptor<>("known-records", Types.LONG, TypeInformation.of(KnownRecords.class));

  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

  private final Duration remember;
  private final MapState<Long, KnownRecords> known;

  /**
   * @param remember after the last record of the hour, by the wall clock
   */
  RecordMemory(Duration remember, MapState<Long, KnownRecords> known) {
    this.remember = remember;
    this.known = known;
  }

  /** Whether the record comes for the first time; from now on it is known. */
  boolean add(String recordId, Instant capturedAt, TimerService timers) throws Exception {
    long hour = Math.floorDiv(capturedAt.toEpochMilli(), HOUR_MILLIS);
    KnownRecords before = known.get(hour);
    KnownRecords records = before == null ? KnownRecords.EMPTY : before;
    long id =
        UUID.nameUUIDFromBytes(recordId.getBytes(StandardCharsets.UTF_8)).getLeastSignificantBits();
    if (records.contains(id)) {
      return false;
    }
    long forgetAt = timers.currentProcessingTime() + remember.toMillis();
    // On the hour: few timers, whatever the traffic.
    long timer = (forgetAt / HOUR_MILLIS + 1) * HOUR_MILLIS;
    known.put(hour, records.with(id, timer));
    timers.registerProcessingTimeTimer(timer);
    return true;
  }

  void forget(long now) throws Exception {
    List<Long> old = new ArrayList<>();
    for (Map.Entry<Long, KnownRecords> entry : known.entries()) {
      if (entry.getValue().forgetAt() <= now) {
        old.add(entry.getKey());
      }
    }
    // Not by the iterator, which leaves an empty map behind.
    for (Long hour : old) {
      known.remove(hour);
    }
  }
}
