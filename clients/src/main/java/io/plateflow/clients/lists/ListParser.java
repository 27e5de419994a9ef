package io.plateflow.clients.lists;

import io.plateflow.clients.kafka.EventReader;
import io.plateflow.clients.kafka.MalformedEventException;
import io.plateflow.schemas.avro.AccessListEvent;
import io.plateflow.schemas.avro.ListEntryEvent;
import io.plateflow.schemas.event.ListEvents;
import io.plateflow.schemas.event.Topics;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListEntry;
import io.plateflow.schemas.lists.ListIds;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Parses the records of all topics of lists. What is neither a list nor an entry becomes a rejected
 * record, never an exception: one bad record must not stop the lists.
 */
public final class ListParser {

  private static final EventReader<AccessListEvent> LISTS =
      new EventReader<>(AccessListEvent.class, "list_id");
  private static final EventReader<ListEntryEvent> ENTRIES =
      new EventReader<>(ListEntryEvent.class, "entry_id");

  private ListParser() {}

  /** Parses one record of {@link ListTopics#ALL}. */
  public static ListRecord read(ConsumerRecord<byte[], byte[]> record) {
    return switch (record.topic()) {
      case Topics.PLATE_STATUS -> PlateStatusParser.read(record);
      case Topics.LISTS -> list(record);
      case Topics.LIST_ENTRIES -> entry(record);
      default ->
          throw new IllegalArgumentException(
              "Topic: found %s, expected one of %s".formatted(record.topic(), ListTopics.ALL));
    };
  }

  private static ListRecord list(ConsumerRecord<byte[], byte[]> record) {
    try {
      AccessList list = ListEvents.list(LISTS.read(record));
      if (ListIds.builtIn(list.listId())) {
        return rejection(record, "list", builtIn(list.listId()));
      }
      return new ListChange(list);
    } catch (MalformedEventException | IllegalArgumentException e) {
      return rejection(record, "list", String.valueOf(e.getMessage()));
    }
  }

  /**
   * Tells of a list that wants more reads than the cameras of the job take. It holds all the same:
   * other programs' reads may be as many.
   *
   * @param settledReads agreeing reads after which a camera of the job reads no more
   * @return null where there is nothing to tell
   */
  public static @Nullable ListRejection unreachable(
      ConsumerRecord<byte[], byte[]> record, ListRecord read, int settledReads) {
    if (!(read instanceof ListChange change) || change.list().removed()) {
      return null;
    }
    Integer wanted = change.list().minReads();
    return wanted == null || wanted <= settledReads
        ? null
        : rejection(
            record,
            "list",
            ("min_reads: found %d, expected %d at most (reading.settled-reads). The list holds, but"
                    + " cameras of this job may never read a plate so often, and open no gate for it")
                .formatted(wanted, settledReads));
  }

  private static ListRecord entry(ConsumerRecord<byte[], byte[]> record) {
    try {
      ListEntry entry = ListEvents.entry(ENTRIES.read(record));
      return ListIds.builtIn(entry.listId())
          ? rejection(record, "list-entry", builtIn(entry.listId()))
          : new EntryChange(entry);
    } catch (MalformedEventException | IllegalArgumentException e) {
      return rejection(record, "list-entry", String.valueOf(e.getMessage()));
    }
  }

  private static String builtIn(String listId) {
    return "list_id: found '%s', expected another: it stands for the topic %s"
        .formatted(listId, Topics.PLATE_STATUS);
  }

  private static ListRejection rejection(
      ConsumerRecord<byte[], byte[]> record, String kind, String reason) {
    return new ListRejection(
        new RejectedRecord(
            "%s-%d".formatted(record.topic(), record.partition()),
            record.offset(),
            kind,
            reason,
            Instant.now()));
  }
}
