package io.plateflow.jobs.track;

import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.PassUpdate.Stage;
import io.plateflow.jobs.pass.ReadRequest;
import io.plateflow.models.track.Track;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.VehiclePass;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Sends passes on: provisionally, finished or absorbed; and asks Gemini about their plates. */
final class PassAnnouncer {

  /** How long a gate may not know of a change of a list. */
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

  private final PassConfig config;
  private final SecondOpinions opinions;

  PassAnnouncer(PassConfig config, SecondOpinions opinions) {
    this.config = config;
    this.opinions = opinions;
  }

  /**
   * Whether there is something to send on: reads agree on a text that was not sent yet; at a gate
   * also on one that fewer reads agreed on when it was sent, or nothing can be read and the vehicle
   * has been standing there. What a gate was told is told again each second as long as the vehicle
   * is in view: lists change, and entries begin to count.
   */
  boolean isDue(CameraTracks tracks, PassDraft draft, Instant now) {
    ReadHistory reads = draft.reads;
    Publication sent = draft.publication;
    boolean gate = isGate(tracks);
    boolean again = gate && sent.text() != null && !sent.isNewerThan(AGAIN_AFTER, now);
    if (agreed(reads)) {
      return !reads.text.equals(sent.text()) || gate && reads.agreeing > sent.reads() || again;
    }
    if (sent.text() != null) {
      return again && sent.text().isEmpty();
    }
    return gate && draft.rest != null && draft.rest.hasLasted(config.access().unreadAfter(), now);
  }

  /**
   * Sends a pass on that {@link #isDue is due}.
   *
   * @param at capture time of the frame that shows it
   * @param picturesLate whether its pictures are not stored yet
   */
  void announce(
      CameraTracks tracks,
      long number,
      PassDraft draft,
      Instant at,
      boolean picturesLate,
      PassOutput out) {
    boolean read = agreed(draft.reads);
    draft.publication =
        draft.publication.announced(
            read ? draft.reads.text : "", read ? draft.reads.agreeing : 0, at);
    VehiclePass pass = assemble(tracks, tracks.track(number), draft);
    PassPlate plate = pass.plate();
    if (!read && plate != null) {
      pass = pass.withPlate(plate.withoutText());
    }
    out.update(update(Stage.PROVISIONAL, pass, tracks, draft, picturesLate, true));
  }

  static boolean isGate(CameraTracks tracks) {
    return tracks.place.gate() != GateType.PASSAGE;
  }

  private boolean agreed(ReadHistory reads) {
    return reads.agreeing >= config.alerts().minReads()
        && reads.score >= config.alerts().minScore()
        && reads.hasText();
  }

  /** Asks about a vehicle that is in view, where looking on would not help any more. */
  void askInView(CameraTracks tracks, PassDraft draft, Instant now, PassOutput out) {
    ask(opinions.whileInView(tracks.place.cameraId(), draft, tracks.regions, now), out);
  }

  /** Takes a pass back that turned out to be part of another. */
  void absorbed(CameraTracks tracks, Track track, PassDraft draft, PassOutput out) {
    send(Stage.ABSORBED, tracks, track, draft, out);
  }

  /** Sends a pass on whose track has ended, after a last chance to ask about it. */
  void finished(CameraTracks tracks, Track track, PassDraft draft, PassOutput out) {
    ask(opinions.atEnd(tracks.place.cameraId(), draft, tracks.regions), out);
    send(Stage.FINISHED, tracks, track, draft, out);
  }

  private void send(
      Stage stage, CameraTracks tracks, Track track, PassDraft draft, PassOutput out) {
    out.update(update(stage, assemble(tracks, track, draft), tracks, draft, false, false));
  }

  private VehiclePass assemble(CameraTracks tracks, Track track, PassDraft draft) {
    return PassAssembler.assemble(tracks, track, draft, config.reading().repeats().maxReads());
  }

  private static PassUpdate update(
      Stage stage,
      VehiclePass pass,
      CameraTracks tracks,
      PassDraft draft,
      boolean picturesLate,
      boolean inView) {
    return new PassUpdate(
        pass,
        stage,
        draft.reads.agreed,
        tracks.regions,
        draft.publication.asked(),
        stage == Stage.ABSORBED ? null : draft.platePicture,
        picturesLate,
        inView);
  }

  private static void ask(@Nullable ReadRequest request, PassOutput out) {
    if (request != null) {
      out.ask(request);
    }
  }
}
