package io.plateflow.jobs.track;

import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.PassUpdate.Stage;
import io.plateflow.jobs.pass.ReadRequest;
import io.plateflow.models.track.Track;
import java.time.Instant;

/** Sends passes on: provisionally, finished or absorbed; and asks Gemini about their plates. */
final class PassAnnouncer {

  private final PassConfig config;
  private final SecondOpinions opinions;

  PassAnnouncer(PassConfig config, SecondOpinions opinions) {
    this.config = config;
    this.opinions = opinions;
  }

  /**
   * Sends a pass on provisionally when its reads agree on a text that was not sent yet.
   *
   * @return whether it was sent
   */
  boolean announce(CameraTracks tracks, long number, PassDraft draft, PassOutput out) {
    ReadHistory reads = draft.reads;
    boolean agreed =
        reads.agreeing >= config.alerts().minReads()
            && reads.score >= config.alerts().minScore()
            && reads.hasText();
    if (!agreed || reads.text.equals(draft.publication.text())) {
      return false;
    }
    draft.publication = draft.publication.announced(reads.text);
    send(Stage.PROVISIONAL, tracks, tracks.track(number), draft, out);
    return true;
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
    out.update(
        new PassUpdate(
            PassAssembler.assemble(tracks, track, draft, config.reading().repeats().maxReads()),
            stage,
            draft.reads.agreed,
            tracks.regions,
            draft.publication.asked(),
            stage == Stage.ABSORBED ? null : draft.platePicture));
  }

  private static void ask(ReadRequest request, PassOutput out) {
    if (request != null) {
      out.ask(request);
    }
  }
}
