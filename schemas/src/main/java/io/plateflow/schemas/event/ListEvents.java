package io.plateflow.schemas.event;

import io.plateflow.schemas.avro.AccessListEvent;
import io.plateflow.schemas.avro.ListEntryEvent;
import io.plateflow.schemas.avro.ListMatchEvent;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListEntry;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.lists.ListMeaning;
import java.util.List;

/** Maps lists, their entries and their matches to events, and events to lists and entries. */
public final class ListEvents {

  private ListEvents() {}

  public static AccessListEvent list(AccessList list) {
    return AccessListEvent.newBuilder()
        .setListId(list.listId())
        .setName(list.name())
        .setMeaning(io.plateflow.schemas.avro.ListMeaning.valueOf(list.meaning().name()))
        .setColor(list.color())
        .setTolerance(list.tolerance())
        .setMinReads(list.minReads())
        .setMinScore(list.minScore())
        .setVersion(list.version())
        .setChangedAt(list.changedAt())
        .setChangedBy(list.changedBy())
        .setRemoved(list.removed())
        .build();
  }

  /**
   * @throws IllegalArgumentException that says which field is wrong
   */
  public static AccessList list(AccessListEvent event) {
    return new AccessList(
        event.getListId(),
        event.getName(),
        ListMeaning.valueOf(event.getMeaning().name()),
        event.getColor(),
        event.getTolerance(),
        event.getMinReads(),
        event.getMinScore(),
        event.getVersion(),
        event.getChangedAt(),
        event.getChangedBy(),
        event.getRemoved());
  }

  public static ListEntryEvent entry(ListEntry entry) {
    return ListEntryEvent.newBuilder()
        .setEntryId(entry.entryId())
        .setListId(entry.listId())
        .setPattern(entry.pattern())
        .setMatchAll(entry.matchAll())
        .setHolder(entry.holder())
        .setNote(entry.note())
        .setSites(entry.sites())
        .setCameras(entry.cameras())
        .setHours(entry.hours())
        .setValidFrom(entry.validFrom())
        .setValidUntil(entry.validUntil())
        .setVersion(entry.version())
        .setChangedAt(entry.changedAt())
        .setChangedBy(entry.changedBy())
        .setRemoved(entry.removed())
        .build();
  }

  /**
   * @throws IllegalArgumentException that says which field is wrong
   */
  public static ListEntry entry(ListEntryEvent event) {
    return new ListEntry(
        event.getEntryId(),
        event.getListId(),
        event.getPattern(),
        event.getMatchAll(),
        event.getHolder(),
        event.getNote(),
        event.getSites(),
        event.getCameras(),
        event.getHours(),
        event.getValidFrom(),
        event.getValidUntil(),
        event.getVersion(),
        event.getChangedAt(),
        event.getChangedBy(),
        event.getRemoved());
  }

  static List<ListMatchEvent> matches(List<ListMatch> matches) {
    return matches.stream().map(ListEvents::match).toList();
  }

  private static ListMatchEvent match(ListMatch match) {
    return ListMatchEvent.newBuilder()
        .setListId(match.listId())
        .setListName(match.listName())
        .setMeaning(match.meaning().label())
        .setColor(match.color())
        .setEntryId(match.entryId())
        .setPattern(match.pattern())
        .setMatchKind(match.kind().label())
        .setMatchDistance(match.distance())
        .setMatchTolerance(match.tolerance())
        .setHolder(match.holder())
        .setNote(match.note())
        .build();
  }
}
