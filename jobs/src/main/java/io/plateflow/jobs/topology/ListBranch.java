package io.plateflow.jobs.topology;

import io.plateflow.clients.lists.EntryChange;
import io.plateflow.clients.lists.ListChange;
import io.plateflow.clients.lists.ListRecord;
import io.plateflow.clients.lists.PlateStatusEntry;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListEntry;
import io.plateflow.schemas.status.PlateStatus;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.Collector;

/** From the topics of lists to their tables. */
final class ListBranch {

  private ListBranch() {}

  static void define(DataStream<ListRecord> records, PipelineSinks.Tables tables) {
    DataStream<PlateStatus> statuses =
        records
            .flatMap(ListBranch::status)
            .returns(TypeInformation.of(PlateStatus.class))
            .uid(Uids.PLATE_STATUS_ENTRIES)
            .name("Entries of the access list")
            .setParallelism(1);
    tables.plateStatuses().append(statuses, Uids.PLATE_STATUS_TABLE, "Access list to Postgres");
    DataStream<AccessList> lists =
        records
            .flatMap(ListBranch::list)
            .returns(TypeInformation.of(AccessList.class))
            .uid(Uids.LIST_CHANGES)
            .name("Named lists")
            .setParallelism(1);
    tables.lists().append(lists, Uids.LISTS_TABLE, "Named lists to Postgres");
    DataStream<ListEntry> entries =
        records
            .flatMap(ListBranch::entry)
            .returns(TypeInformation.of(ListEntry.class))
            .uid(Uids.ENTRY_CHANGES)
            .name("Entries of named lists")
            .setParallelism(1);
    tables.listEntries().append(entries, Uids.LIST_ENTRIES_TABLE, "Entries to Postgres");
  }

  private static void status(ListRecord record, Collector<PlateStatus> out) {
    if (record instanceof PlateStatusEntry entry) {
      out.collect(entry.status());
    }
  }

  private static void list(ListRecord record, Collector<AccessList> out) {
    if (record instanceof ListChange change) {
      out.collect(change.list());
    }
  }

  private static void entry(ListRecord record, Collector<ListEntry> out) {
    if (record instanceof EntryChange change) {
      out.collect(change.entry());
    }
  }
}
