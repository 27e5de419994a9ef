package io.plateflow.schemas.rules;

import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.ConfusionDistance;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule looks at, as the job has it and as the tables keep it.
 *
 * @param id of the pass or the visit; of a camera or a site its name
 * @param at capture time of the frame that stands for it
 * @param plate as read; empty where none was
 * @param lists ids of the lists that the plate was on
 */
public record RuleFacts(
    String id,
    Instant at,
    Place place,
    String plate,
    @Nullable String vehicleClass,
    @Nullable String plateColor,
    @Nullable String plateType,
    String direction,
    List<String> lists) {

  /** The order in which things happened, the same in every replay. */
  public static final Comparator<RuleFacts> BY_TIME =
      Comparator.comparing(RuleFacts::at).thenComparing(RuleFacts::id);

  public RuleFacts {
    lists = List.copyOf(lists);
  }

  /** Of a pass with what the lists say of it. */
  public static RuleFacts of(VehiclePass pass) {
    PassPlate plate = pass.plate();
    return new RuleFacts(
        pass.passId(),
        pass.frame().capturedAt(),
        pass.place(),
        pass.plateText(),
        pass.vehicleClass(),
        plate == null ? null : plate.attributes().backgroundColor(),
        plate == null ? null : plate.attributes().type(),
        pass.direction(),
        pass.matches().stream().map(ListMatch::listId).distinct().toList());
  }

  /** Of a place alone. */
  public static RuleFacts of(String id, Instant at, Place place) {
    return new RuleFacts(id, at, place, "", null, null, null, "", List.of());
  }

  /**
   * What passes of one vehicle have in common: the plate with look-alikes folded into one. The hash
   * of a plate has no look-alikes.
   */
  public String plateClass() {
    return plate.startsWith("#") ? plate : ConfusionDistance.fold(plate);
  }

  /** The same under another id and another name for the plate. */
  public RuleFacts hiddenAs(String newId, String newPlate) {
    return new RuleFacts(
        newId, at, place, newPlate, vehicleClass, plateColor, plateType, direction, lists);
  }
}
