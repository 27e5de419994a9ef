package io.plateflow.jobs.enrich;

import io.plateflow.clients.lists.EntryChange;
import io.plateflow.clients.lists.ListChange;
import io.plateflow.clients.lists.ListRecord;
import io.plateflow.clients.lists.PlateStatusEntry;
import io.plateflow.models.lists.ListIndex;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListEntry;
import io.plateflow.schemas.status.PlateStatus;
import java.util.function.Predicate;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** The lists in broadcast state and, for matching, in an index over it. */
final class ListState {

  /** The simple access list, by normalised plate. */
  static final MapStateDescriptor<String, PlateStatus> PLATE_STATUSES =
      new MapStateDescriptor<>(
          "plate-statuses", Types.STRING, TypeInformation.of(PlateStatus.class));

  /** The named lists, by id. */
  static final MapStateDescriptor<String, AccessList> LISTS =
      new MapStateDescriptor<>("lists", Types.STRING, TypeInformation.of(AccessList.class));

  /** Their entries, by id. */
  static final MapStateDescriptor<String, ListEntry> ENTRIES =
      new MapStateDescriptor<>("list-entries", Types.STRING, TypeInformation.of(ListEntry.class));

  /** Not a lambda in place: that it is this one says that nothing changed. */
  static final Predicate<String> NONE = plate -> false;

  private final ListIndex index;
  private boolean restored;

  ListState(double tolerance) {
    this.index = new ListIndex(tolerance);
  }

  /** Gives read access to broadcast state, which cannot be read when an operator opens. */
  @FunctionalInterface
  interface Reader {
    <K, V> ReadOnlyBroadcastState<K, V> of(MapStateDescriptor<K, V> descriptor);
  }

  /** Gives write access to broadcast state. */
  @FunctionalInterface
  interface Writer {
    <K, V> BroadcastState<K, V> of(MapStateDescriptor<K, V> descriptor);
  }

  ListIndex index() {
    return index;
  }

  /** Takes a change that is not kept in state: it was read at the start and comes again. */
  void load(ListRecord record) {
    if (record instanceof PlateStatusEntry entry) {
      index.apply(entry.status());
    } else if (record instanceof ListChange change) {
      index.apply(change.list());
    } else if (record instanceof EntryChange change) {
      index.apply(change.entry());
    }
  }

  /** Fills the index from what was restored, once. */
  void restore(Reader state) throws Exception {
    if (restored) {
      return;
    }
    for (var entry : state.of(PLATE_STATUSES).immutableEntries()) {
      index.apply(entry.getValue());
    }
    for (var entry : state.of(LISTS).immutableEntries()) {
      index.apply(entry.getValue());
    }
    for (var entry : state.of(ENTRIES).immutableEntries()) {
      index.apply(entry.getValue());
    }
    restored = true;
  }

  /**
   * Takes a change and keeps it in state, unless a newer one is known.
   *
   * @return which plates may match otherwise now
   */
  Predicate<String> apply(ListRecord record, Writer state) throws Exception {
    if (record instanceof PlateStatusEntry entry) {
      PlateStatus status = entry.status();
      BroadcastState<String, PlateStatus> kept = state.of(PLATE_STATUSES);
      PlateStatus known = kept.get(status.plate());
      if (known == null || known.version() < status.version()) {
        kept.put(status.plate(), status);
      }
      return index.apply(status) ? index.concernedBy(status.plate()) : NONE;
    } else if (record instanceof ListChange change) {
      AccessList list = change.list();
      BroadcastState<String, AccessList> kept = state.of(LISTS);
      AccessList known = kept.get(list.listId());
      if (known == null || known.version() <= list.version()) {
        kept.put(list.listId(), list);
      }
      return index.apply(list) ? plate -> true : NONE;
    } else if (record instanceof EntryChange change) {
      ListEntry entry = change.entry();
      BroadcastState<String, ListEntry> kept = state.of(ENTRIES);
      ListEntry known = kept.get(entry.entryId());
      if (known == null || known.version() <= entry.version()) {
        kept.put(entry.entryId(), entry);
      }
      ListEntry before = index.entry(entry.entryId());
      if (!index.apply(entry)) {
        return NONE;
      }
      Predicate<String> now = index.concernedBy(entry.pattern());
      return before == null || before.pattern().equals(entry.pattern())
          ? now
          : now.or(index.concernedBy(before.pattern()));
    }
    return NONE;
  }
}
