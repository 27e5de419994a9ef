package io.plateflow.schemas.corrections;

import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.plate.PlateText;
import io.plateflow.schemas.region.RegionTable;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a person changed about one pass. Made once; the same id again, made later, changes it, and
 * {@code removed} takes it back.
 *
 * @param correctionId letters, digits, dot, dash and underscore
 * @param passId of a visit its exit, where it is closed by hand its entry
 * @param from what it was before, as the person saw it, or null
 * @param to the new value: a plate (normalised), a vehicle class, a plate type, the code of a
 *     region; {@code vehicle} or {@code plate}, whichever of a wrong pair stays; the name of a
 *     location; of a visit that is joined the plate of its entry, or null where the tables are to
 *     be asked; null where the kind says it all
 * @param gate of the location, or null where it stays
 * @param site of the location, or null where it stays
 * @param entryPassId of a visit that is joined or split
 * @param at when a visit that is closed by hand ended
 * @param reason why, or null
 * @param changedBy who, or null
 * @param removed it is taken back
 */
public record Correction(
    String correctionId,
    CorrectionKind kind,
    String passId,
    @Nullable String from,
    @Nullable String to,
    @Nullable GateType gate,
    @Nullable String site,
    @Nullable String entryPassId,
    @Nullable Instant at,
    @Nullable String reason,
    Instant changedAt,
    @Nullable String changedBy,
    boolean removed) {

  /** The later one holds; of two at once, in all replays the same one. */
  public static final Comparator<Correction> BY_TIME =
      Comparator.comparing(Correction::changedAt).thenComparing(Correction::correctionId);

  /** Where a wrong pair becomes a vehicle without a plate. */
  public static final String KEEP_VEHICLE = "vehicle";

  /** Where a wrong pair becomes a plate without a vehicle. */
  public static final String KEEP_PLATE = "plate";

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final Pattern CLASS = Pattern.compile("[a-z][a-z0-9 _-]{0,49}");
  private static final Pattern HASH = Pattern.compile("#[0-9a-f]{16}");
  private static final List<String> PLATE_TYPES =
      List.of("private", "public", "government", "police", "military", "diplomatic", "free_trade");
  private static final int LONGEST_PLATE = 40;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_PASS_ID = 400;
  private static final int LONGEST_REASON = 1000;

  public Correction {
    requireThat(
        ID.matcher(correctionId).matches(),
        "correction_id",
        correctionId,
        "1 to 100 letters, digits, '.', '_' or '-'");
    requireText("pass_id", passId, 1, LONGEST_PASS_ID);
    requireText("from", from, 0, LONGEST_REASON);
    requireText("reason", reason, 0, LONGEST_REASON);
    requireText("changed_by", changedBy, 0, LONGEST_NAME);
    boolean plate = kind == CorrectionKind.PLATE || kind == CorrectionKind.VISIT_JOIN;
    if (plate && to != null && !HASH.matcher(to).matches()) {
      to = PlateText.normalise(to);
    }
    requireThat(
        !removed || kind.aspect() != CorrectionKind.Aspect.EXISTENCE,
        "removed",
        "true",
        "false: what was deleted or erased cannot come back");
    if (!removed) {
      requireValue(kind, to);
      requirePlace(kind, to, gate, site);
      requireVisit(kind, passId, entryPassId, at);
    }
  }

  private static void requireValue(CorrectionKind kind, @Nullable String to) {
    String value = to == null ? "" : to;
    switch (kind) {
      case PLATE ->
          requireThat(
              !value.isEmpty() && value.length() <= LONGEST_PLATE,
              "to",
              value,
              "a plate of 1 to %d letters and digits".formatted(LONGEST_PLATE));
      case VEHICLE_CLASS ->
          requireThat(
              CLASS.matcher(value).matches(), "to", value, "a vehicle class such as car or truck");
      case PLATE_TYPE ->
          requireThat(
              PLATE_TYPES.contains(value), "to", value, "one of " + String.join(", ", PLATE_TYPES));
      case REGION ->
          requireThat(
              RegionTable.indonesia().region(value) != null,
              "to",
              value,
              "the code of a region such as B or AB");
      case PAIRING ->
          requireThat(
              value.equals(KEEP_VEHICLE) || value.equals(KEEP_PLATE),
              "to",
              value,
              "vehicle or plate, the one that stays");
      case LOCATION, NOT_A_PLATE, DELETE, ERASE, VISIT_JOIN, VISIT_SPLIT, VISIT_CLOSE -> {}
    }
  }

  private static void requirePlace(
      CorrectionKind kind, @Nullable String to, @Nullable GateType gate, @Nullable String site) {
    if (kind == CorrectionKind.LOCATION) {
      requireThat(
          to != null || gate != null || site != null,
          "to, gate, site",
          "none of them",
          "one at least");
      requireText("to", to, 1, LONGEST_NAME);
      requireText("site", site, 1, LONGEST_NAME);
    }
  }

  private static void requireVisit(
      CorrectionKind kind, String passId, @Nullable String entryPassId, @Nullable Instant at) {
    if (kind == CorrectionKind.VISIT_JOIN || kind == CorrectionKind.VISIT_SPLIT) {
      requireThat(
          entryPassId != null && !entryPassId.equals(passId),
          "entry_pass_id",
          entryPassId == null ? "" : entryPassId,
          "the pass_id of an entry; pass_id is that of the exit");
      requireText("entry_pass_id", entryPassId, 1, LONGEST_PASS_ID);
    }
    if (kind == CorrectionKind.VISIT_CLOSE) {
      requireThat(at != null, "at", "nothing", "the time at which the visit ended");
    }
  }

  private static void requireText(String what, @Nullable String text, int least, int most) {
    if (text == null) {
      return;
    }
    requireThat(
        text.strip().length() >= least && text.length() <= most,
        what,
        "%d characters".formatted(text.strip().length()),
        "%d to %d".formatted(least, most));
    requireThat(
        text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n'),
        what,
        "a control character",
        "text");
  }

  private static void requireThat(boolean holds, String what, String found, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s: found '%s', expected %s"
              .formatted(
                  what, found.length() > 120 ? found.substring(0, 120) + "..." : found, expected));
    }
  }

  /** The same with plates told otherwise. */
  public Correction withPlates(@Nullable String newFrom, @Nullable String newTo) {
    return new Correction(
        correctionId,
        kind,
        passId,
        newFrom,
        newTo,
        gate,
        site,
        entryPassId,
        at,
        reason,
        changedAt,
        changedBy,
        removed);
  }
}
