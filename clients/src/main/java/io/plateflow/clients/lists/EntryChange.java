package io.plateflow.clients.lists;

import io.plateflow.schemas.lists.ListEntry;

/** An entry of a named list as it is now. */
public record EntryChange(ListEntry entry) implements ListRecord {}
