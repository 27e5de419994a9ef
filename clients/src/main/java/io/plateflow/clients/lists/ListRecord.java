package io.plateflow.clients.lists;

/** One record of the topics of lists: a change, or why it is none. */
public sealed interface ListRecord
    permits PlateStatusEntry, ListChange, EntryChange, ListRejection {}
