package io.plateflow.jobs.enrich;

import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.VehiclePass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pass in progress: its vehicle is in view, or Gemini's answer about it is pending.
 *
 * @param pass as last known, without corrections
 * @param alert the last one sent, or null
 * @param written whether the pass was emitted to tables and topics already
 * @param access the last decision sent, or null
 */
public record OpenPass(
    VehiclePass pass, @Nullable Alert alert, boolean written, @Nullable AccessDecision access) {

  /** An update that says nothing new of the pass. */
  PassUpdate unchanged(PassUpdate.Stage stage) {
    return new PassUpdate(pass, stage, null, List.of(), false, null);
  }
}
