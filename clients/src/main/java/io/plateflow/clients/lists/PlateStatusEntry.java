package io.plateflow.clients.lists;

import io.plateflow.schemas.status.PlateStatus;

/** An entry of the access list. */
public record PlateStatusEntry(PlateStatus status) implements ListRecord {}
