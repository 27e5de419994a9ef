package io.plateflow.clients.reads;

import io.plateflow.clients.kafka.MalformedEventException;
import io.plateflow.schemas.avro.FrameBox;
import io.plateflow.schemas.avro.PlateReadEvent;
import io.plateflow.schemas.avro.SeenCandidate;
import io.plateflow.schemas.avro.SeenPlate;
import io.plateflow.schemas.avro.SeenVehicle;
import io.plateflow.schemas.plate.PlateText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** What a read must keep to, beside the types of its fields. */
final class ReadChecks {

  /** Clocks of other machines differ. */
  static final Duration AHEAD = Duration.ofMinutes(5);

  private static final int MOST_CHARACTERS = 40;
  private static final int MOST_READS = 10_000;
  private static final int MOST_CANDIDATES = 20;
  private static final int LARGEST_FRAME = 100_000;
  private static final int LONGEST_UPLOAD_ID = 200;
  private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final Pattern RECORD_ID = Pattern.compile("[A-Za-z0-9._:-]{1,200}");

  private ReadChecks() {}

  /**
   * @throws MalformedEventException that says which field is wrong, what was found and expected
   */
  static void check(PlateReadEvent read, Instant now) throws MalformedEventException {
    require(
        SOURCE.matcher(read.getSource()).matches(),
        "source",
        "'" + read.getSource() + "'",
        "1 to 100 letters, digits, '.', '_' or '-'");
    require(
        RECORD_ID.matcher(read.getRecordId()).matches(),
        "record_id",
        "'" + read.getRecordId() + "'",
        "1 to 200 letters, digits, '.', '_', ':' or '-'");
    require(
        !read.getCapturedAt().isAfter(now.plus(AHEAD)),
        "captured_at",
        read.getCapturedAt(),
        "%s at the latest, %d minutes from now".formatted(now.plus(AHEAD), AHEAD.toMinutes()));
    side("frame_width", read.getFrameWidth());
    side("frame_height", read.getFrameHeight());
    require(
        read.getVehicle() != null || read.getPlate() != null,
        "vehicle, plate",
        "neither",
        "one of the two");
    if (read.getVehicle() != null) {
      vehicle(read.getVehicle(), read);
    }
    if (read.getPlate() != null) {
      plate(read.getPlate(), read);
    }
    String upload = read.getUploadId();
    require(
        upload == null || !upload.isBlank() && upload.length() <= LONGEST_UPLOAD_ID,
        "upload_id",
        "'" + upload + "'",
        "1 to %d characters, or null".formatted(LONGEST_UPLOAD_ID));
    Long session = read.getSessionId();
    require(session == null || session > 0, "session_id", session, "an id of reserve_session_id()");
  }

  private static void vehicle(SeenVehicle vehicle, PlateReadEvent read)
      throws MalformedEventException {
    require(!vehicle.getVehicleClass().isBlank(), "vehicle.vehicle_class", "nothing", "a class");
    score("vehicle.score", vehicle.getScore());
    box("vehicle.box", vehicle.getBox(), read);
  }

  private static void plate(SeenPlate plate, PlateReadEvent read) throws MalformedEventException {
    score("plate.score", plate.getScore());
    score("plate.detection_score", plate.getDetectionScore());
    box("plate.box", plate.getBox(), read);
    int length = text("plate.text", plate.getText());
    int reads = plate.getReads();
    require(reads >= 1 && reads <= MOST_READS, "plate.reads", reads, "1 to " + MOST_READS);
    List<Double> scores = plate.getCharacterScores();
    require(
        scores.isEmpty() || scores.size() == length,
        "plate.character_scores",
        scores.size(),
        "none, or %d: one for each letter and digit of plate.text".formatted(length));
    for (double score : scores) {
      score("plate.character_scores", score);
    }
    List<SeenCandidate> candidates = plate.getCandidates();
    require(
        candidates.size() <= MOST_CANDIDATES,
        "plate.candidates",
        candidates.size(),
        MOST_CANDIDATES + " at most");
    for (SeenCandidate candidate : candidates) {
      text("plate.candidates.text", candidate.getText());
      score("plate.candidates.score", candidate.getScore());
    }
  }

  private static int text(String field, String text) throws MalformedEventException {
    int length = PlateText.normalise(text).length();
    require(
        length <= MOST_CHARACTERS,
        field,
        length + " letters and digits",
        MOST_CHARACTERS + " at most");
    return length;
  }

  private static void side(String field, int pixels) throws MalformedEventException {
    require(pixels >= 1 && pixels <= LARGEST_FRAME, field, pixels, "1 to " + LARGEST_FRAME);
  }

  private static void score(String field, double score) throws MalformedEventException {
    require(score >= 0 && score <= 1, field, score, "0..1");
  }

  private static void box(String field, FrameBox box, PlateReadEvent read)
      throws MalformedEventException {
    require(
        box.getX1() >= 0
            && box.getY1() >= 0
            && box.getX1() <= box.getX2()
            && box.getY1() <= box.getY2()
            && box.getX2() <= read.getFrameWidth()
            && box.getY2() <= read.getFrameHeight(),
        field,
        "x1=%s y1=%s x2=%s y2=%s".formatted(box.getX1(), box.getY1(), box.getX2(), box.getY2()),
        "x1<=x2 and y1<=y2 within the frame of %dx%d"
            .formatted(read.getFrameWidth(), read.getFrameHeight()));
  }

  private static void require(boolean holds, String field, Object found, String expected)
      throws MalformedEventException {
    if (!holds) {
      throw new MalformedEventException(
          "%s: found %s, expected %s".formatted(field, found, expected));
    }
  }
}
