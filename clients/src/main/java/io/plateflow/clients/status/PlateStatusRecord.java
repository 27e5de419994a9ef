package io.plateflow.clients.status;

/** One record of the access-list topic: an entry, or why it is none. */
public sealed interface PlateStatusRecord permits PlateStatusEntry, PlateStatusRejection {}
