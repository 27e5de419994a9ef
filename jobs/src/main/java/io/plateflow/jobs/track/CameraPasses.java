package io.plateflow.jobs.track;

import io.plateflow.models.consensus.PlateConsensus;
import io.plateflow.models.engine.FrameDetections;
import io.plateflow.models.grammar.GrammarWeights;
import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.models.track.Track;
import io.plateflow.models.track.TrackUpdate;
import io.plateflow.models.track.VehicleTracker;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.frame.Frame;
import java.util.List;
import java.util.function.Consumer;

/**
 * Turns the detections of one camera's frames into passes: joins them to tracks, reads plates where
 * the policy wants a read, lets the reads vote, and assembles a pass when its track has ended.
 */
final class CameraPasses {

  /** Half: the reads have been weighed by the grammar once already. */
  private static final double CONSENSUS_GRAMMAR_WEIGHT = 0.5;

  private final TrackingConfig config;
  private final VehicleTracker tracker;
  private final PlateConsensus consensus;
  private final PlateReading reading;
  private final EvidenceKeeper evidence;

  CameraPasses(TrackingConfig config, PlateReading reading, EvidenceKeeper evidence) {
    this.config = config;
    this.tracker = new VehicleTracker(config.tracker());
    this.consensus =
        new PlateConsensus(new PlateGrammar(GrammarWeights.DEFAULTS), CONSENSUS_GRAMMAR_WEIGHT);
    this.reading = reading;
    this.evidence = evidence;
  }

  /**
   * Takes a frame in; changes {@code tracks}.
   *
   * @param out gets provisional and finished passes
   * @return tracks that ended as noise
   */
  int frame(CameraTracks tracks, Frame frame, FrameDetections found, Consumer<PassUpdate> out)
      throws InterruptedException {
    List<PairedDetection> detections = found.detections();
    TrackUpdate update =
        tracker.update(tracks.tracker, frame.sequence(), frame.capturedAt(), detections);
    tracks.tracker = update.state();
    for (TrackUpdate.Merge merge : update.merged()) {
      PassDraft from = tracks.drafts.remove(merge.from());
      if (from != null) {
        PassDraft into =
            tracks.drafts.computeIfAbsent(merge.into(), n -> new PassDraft(from.passId));
        evidence.discard(into.absorb(from));
        into.agree(consensus, frame.camera().regions());
      }
    }
    int noise = 0;
    for (Track track : update.ended()) {
      noise += finish(tracks, frame.camera().id(), track, false, out) ? 0 : 1;
    }
    for (int i = 0; i < detections.size(); i++) {
      see(tracks, frame, found, detections.get(i), update.trackNumbers().get(i), out);
    }
    if (frame.still()) {
      noise += endAll(tracks, frame.camera().id(), true, out);
    }
    return noise;
  }

  /** Ends every open track: the camera ended, went down, or the next scene is another one. */
  int endAll(CameraTracks tracks, String cameraId, boolean still, Consumer<PassUpdate> out)
      throws InterruptedException {
    int noise = 0;
    TrackUpdate update = tracker.finish(tracks.tracker);
    for (Track track : update.ended()) {
      noise += finish(tracks, cameraId, track, still, out) ? 0 : 1;
    }
    tracks.tracker = update.state();
    return noise;
  }

  private void see(
      CameraTracks tracks,
      Frame frame,
      FrameDetections found,
      PairedDetection detection,
      long number,
      Consumer<PassUpdate> out)
      throws InterruptedException {
    String camera = frame.camera().id();
    PassDraft draft =
        tracks.drafts.computeIfAbsent(number, n -> new PassDraft(PassAssembler.passId(frame, n)));
    PlateReading.Result read = null;
    long begun = System.nanoTime();
    if (detection.plate() != null
        && config.reading().wants(draft, detection.plate().box().area(), frame.capturedAt())) {
      read = reading.read(frame, detection.plate());
    }
    double readMillis = (System.nanoTime() - begun) / 1e6;
    Sighting sighting =
        new Sighting(
            frame.capturedAt(),
            frame.pixels().width(),
            frame.pixels().height(),
            detection,
            read == null ? null : read.read(),
            read == null ? null : read.attributes(),
            found.vehicleMillis() + found.plateMillis() + readMillis);
    boolean better = draft.add(sighting, config.reading());
    if (read != null) {
      draft.agree(consensus, frame.camera().regions());
    }
    if (read != null && !draft.text.isEmpty()) {
      tracks.tracker = tracks.tracker.withPlateText(number, draft.text);
    }
    boolean announced = announce(tracks, camera, number, draft, frame.still(), out);
    // After the announcement: an alert does not wait for pictures.
    if (better) {
      draft.evidence = evidence.keep(draft.passId, frame, detection, draft.evidence);
    }
    if (announced) {
      evidence.publish(draft.evidence);
    }
  }

  private boolean announce(
      CameraTracks tracks,
      String camera,
      long number,
      PassDraft draft,
      boolean still,
      Consumer<PassUpdate> out) {
    boolean agreed =
        !still
            && draft.agreeingReads >= config.announceReads()
            && draft.score >= config.announceScore()
            && !draft.text.isEmpty();
    boolean news = agreed && !draft.text.equals(draft.announced);
    if (news) {
      draft.announced = draft.text;
      out.accept(
          new PassUpdate(
              PassAssembler.assemble(camera, tracks, track(tracks, number), draft), false));
    }
    return news;
  }

  private boolean finish(
      CameraTracks tracks, String camera, Track track, boolean still, Consumer<PassUpdate> out)
      throws InterruptedException {
    PassDraft draft = tracks.drafts.remove(track.number());
    if (draft == null) {
      return false;
    }
    if (draft.score < config.minScore()) {
      draft.forgetText();
    }
    boolean unread = draft.text.isEmpty();
    boolean flicker = unread && track.frames() < config.minFrames();
    boolean looksLikeAPlate = unread && track.vehicleClass() == null;
    if (!still && draft.announced == null && (flicker || looksLikeAPlate)) {
      evidence.discard(draft.evidence);
      return false;
    }
    out.accept(new PassUpdate(PassAssembler.assemble(camera, tracks, track, draft), true));
    evidence.publish(draft.evidence);
    return true;
  }

  private static Track track(CameraTracks tracks, long number) {
    for (Track track : tracks.tracker.tracks()) {
      if (track.number() == number) {
        return track;
      }
    }
    throw new IllegalStateException("Track %d is not open".formatted(number));
  }
}
