package io.plateflow.jobs.enrich;

import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.VehiclePass;

/**
 * A vehicle that is before a camera right now.
 *
 * @param pass as last known
 * @param alert sent last, or null
 */
public record OpenPass(VehiclePass pass, Alert alert) {}
