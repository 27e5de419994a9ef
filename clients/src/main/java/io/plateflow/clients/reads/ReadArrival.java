package io.plateflow.clients.reads;

import io.plateflow.schemas.avro.PlateReadEvent;

/** A read within its bounds; see {@link ReadChecks}. */
public record ReadArrival(PlateReadEvent event) implements ReadRecord {}
