package io.plateflow.schemas.pass;

import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateLook;
import io.plateflow.schemas.plate.RungRead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plate of a pass, as its reads agreed on it.
 *
 * @param text normalised; empty where no read came out; outside the job {@code #} and 16
 *     hexadecimal digits where it is hidden
 * @param box in the frame that gave the winning read
 * @param detectionScore of the detector in that frame, 0..1
 * @param readScore of the vote, 0..1
 * @param reads how many pictures were read
 * @param agreeingReads how many of them say {@code text}
 * @param reader the rung that gave the winning read, or {@link #PERSON}
 * @param rungs what each rung that was asked made of it, the local one first; none where the plate
 *     is hidden
 * @param decision why {@code text} holds where rungs were asked beside the local one; null where
 *     none was
 * @param looks those that had a vote, in the order of their capture, {@code reading.max-reads} at
 *     most; none where the plate is hidden
 */
public record PassPlate(
    String text,
    BoundingBox box,
    double detectionScore,
    double readScore,
    int reads,
    int agreeingReads,
    String reader,
    PlateAttributes attributes,
    List<RungRead> rungs,
    @Nullable String decision,
    List<PlateLook> looks) {

  /** Stands for the reader where a person said what the plate is. */
  public static final String PERSON = "person";

  public PassPlate {
    rungs = List.copyOf(rungs);
    // State of earlier versions has none.
    looks = looks == null ? List.of() : List.copyOf(looks);
  }

  /** The plate as one that was seen and not read. */
  public PassPlate withoutText() {
    return new PassPlate(
        "",
        box,
        detectionScore,
        readScore,
        reads,
        0,
        reader,
        attributes.withoutIdentity(),
        rungs,
        decision,
        looks);
  }

  /** The plate with another text; all else stays as it was read. */
  public PassPlate withText(String newText) {
    return new PassPlate(
        newText,
        box,
        detectionScore,
        readScore,
        reads,
        agreeingReads,
        reader,
        attributes,
        rungs,
        decision,
        looks);
  }

  public PassPlate withAttributes(PlateAttributes newAttributes) {
    return new PassPlate(
        text,
        box,
        detectionScore,
        readScore,
        reads,
        agreeingReads,
        reader,
        newAttributes,
        rungs,
        decision,
        looks);
  }

  /** The plate without what its readers made of it. */
  public PassPlate withoutReads() {
    return new PassPlate(
        text,
        box,
        detectionScore,
        readScore,
        reads,
        agreeingReads,
        reader,
        attributes,
        List.of(),
        decision,
        List.of());
  }

  /** The plate under another name: what would tell it or narrow it down is gone. */
  public PassPlate hiddenAs(String hash) {
    return new PassPlate(
        hash,
        box,
        detectionScore,
        readScore,
        reads,
        agreeingReads,
        reader,
        attributes.withoutIdentity(),
        List.of(),
        decision,
        List.of());
  }
}
