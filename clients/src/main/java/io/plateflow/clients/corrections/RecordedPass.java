package io.plateflow.clients.corrections;

import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.VehiclePass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the tables know of a pass that is to be corrected.
 *
 * @param pass as it was recorded, without corrections, not matched
 * @param alert as it was last told, or null
 * @param access as it was last told, or null
 * @param heldBy who holds it; empty: nobody
 * @param neighbours entries and exits of the plates that it has or gets, from which the visits are
 *     derived; the pass itself may be among them
 */
public record RecordedPass(
    VehiclePass pass,
    @Nullable Alert alert,
    @Nullable AccessDecision access,
    List<String> heldBy,
    List<PassAtGate> neighbours) {}
