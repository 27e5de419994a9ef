package io.plateflow.jobs.enrich;

import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.VehiclePass;

/**
 * A vehicle that is before a camera right now, or has left it while an answer about its plate is on
 * its way.
 *
 * @param pass as last known
 * @param alert sent last, or null
 * @param written whether the pass went on to tables and topics already
 */
public record OpenPass(VehiclePass pass, Alert alert, boolean written) {}
