package io.plateflow.jobs.track;

import io.plateflow.jobs.evidence.EvidenceKeeper;
import io.plateflow.jobs.pass.LadderConfig;
import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.PassUpdate.Stage;
import io.plateflow.jobs.pass.ReadRequest;
import io.plateflow.jobs.reading.PlateReading;
import io.plateflow.models.consensus.PlateConsensus;
import io.plateflow.models.engine.FrameDetections;
import io.plateflow.models.grammar.GrammarWeights;
import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.models.recognition.RecognizedPlate;
import io.plateflow.models.track.Track;
import io.plateflow.models.track.TrackUpdate;
import io.plateflow.models.track.VehicleTracker;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.pass.VehiclePass;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

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
  private final SecondOpinions opinions;
  private final PlateGrammar grammar;

  CameraPasses(
      TrackingConfig config, LadderConfig ladder, PlateReading reading, EvidenceKeeper evidence) {
    this.config = config;
    this.tracker = new VehicleTracker(config.tracker());
    this.grammar = new PlateGrammar(GrammarWeights.DEFAULTS);
    this.consensus = new PlateConsensus(grammar, CONSENSUS_GRAMMAR_WEIGHT);
    this.opinions = new SecondOpinions(ladder, grammar);
    this.reading = reading;
    this.evidence = evidence;
  }

  /**
   * Takes a frame in; changes {@code tracks}.
   *
   * @param out gets provisional and finished passes, and questions about them
   * @return tracks that ended as noise
   */
  int frame(CameraTracks tracks, Frame frame, FrameDetections found, PassOutput out)
      throws InterruptedException {
    List<PairedDetection> detections = found.detections();
    TrackUpdate update =
        tracker.update(tracks.tracker, frame.sequence(), frame.capturedAt(), detections);
    tracks.tracker = update.state();
    for (TrackUpdate.Merge merge : update.merged()) {
      PassDraft from = tracks.drafts.remove(merge.from());
      if (from != null) {
        absorb(tracks, merge.into(), from, out);
      }
    }
    int noise = 0;
    for (Track track : update.ended()) {
      noise += end(tracks, frame.camera().id(), track, out) ? 0 : 1;
    }
    finishDormant(tracks, frame.camera().id(), frame.capturedAt(), out);
    for (int i = 0; i < detections.size(); i++) {
      see(tracks, frame, found, detections.get(i), update.trackNumbers().get(i), out);
    }
    if (frame.still()) {
      noise += endAll(tracks, frame.camera().id(), true, out);
    }
    return noise;
  }

  /** Ends every open track: the camera ended, went down, or the next scene is another one. */
  int endAll(CameraTracks tracks, String cameraId, boolean still, PassOutput out)
      throws InterruptedException {
    int noise = 0;
    TrackUpdate update = tracker.finish(tracks.tracker);
    for (Track track : update.ended()) {
      noise += finish(tracks, cameraId, track, still, out) ? 0 : 1;
    }
    tracks.tracker = update.state();
    finishDormant(tracks, cameraId, Instant.MAX, out);
    return noise;
  }

  /** Ends a track; its pass is held back where its vehicle may come back. */
  private boolean end(CameraTracks tracks, String cameraId, Track track, PassOutput out)
      throws InterruptedException {
    PassDraft draft = tracks.drafts.get(track.number());
    DormantPass dormant =
        draft == null || draft.score < config.minScore() && draft.restSince == null
            ? null
            : config.rejoining().dormant(track, draft);
    if (dormant == null) {
      return finish(tracks, cameraId, track, false, out);
    }
    tracks.drafts.remove(track.number());
    tracks.dormant.add(dormant);
    return true;
  }

  private void finishDormant(CameraTracks tracks, String cameraId, Instant now, PassOutput out)
      throws InterruptedException {
    for (Iterator<DormantPass> i = tracks.dormant.iterator(); i.hasNext(); ) {
      DormantPass dormant = i.next();
      // Before it was last seen: the camera's clock jumped, and what comes is another time.
      if (now.isAfter(dormant.until()) || now.isBefore(dormant.track().lastSeen())) {
        i.remove();
        finish(tracks, cameraId, dormant.track(), dormant.draft(), false, out);
      }
    }
  }

  /** Makes the pass of this track go on where a dormant one had broken off. */
  private void resume(
      CameraTracks tracks, DormantPass before, PassDraft draft, long number, PassOutput out)
      throws InterruptedException {
    if (before == null) {
      return;
    }
    if (draft.knownOutside() && before.draft().knownOutside()) {
      VehiclePass gone = PassAssembler.assemble(tracks, track(tracks, number), draft);
      out.update(
          new PassUpdate(gone, Stage.ABSORBED, draft.agreed, tracks.regions, draft.asked, null));
      draft.forgotten();
    }
    evidence.discard(draft.resume(before));
    draft.agree(consensus, grammar, tracks.regions);
  }

  private void absorb(CameraTracks tracks, long into, PassDraft from, PassOutput out)
      throws InterruptedException {
    PassDraft draft = tracks.drafts.computeIfAbsent(into, n -> new PassDraft(from.passId));
    if (draft.knownOutside() && from.knownOutside()) {
      // Both were heard of; one of them never was a pass of its own.
      VehiclePass gone = PassAssembler.assemble(tracks, track(tracks, into), from);
      out.update(
          new PassUpdate(gone, Stage.ABSORBED, from.agreed, tracks.regions, from.asked, null));
    }
    evidence.discard(draft.absorb(from));
    draft.agree(consensus, grammar, tracks.regions);
  }

  private void see(
      CameraTracks tracks,
      Frame frame,
      FrameDetections found,
      PairedDetection detection,
      long number,
      PassOutput out)
      throws InterruptedException {
    String camera = frame.camera().id();
    PassDraft draft =
        tracks.drafts.computeIfAbsent(number, n -> new PassDraft(PassAssembler.passId(frame, n)));
    RecognizedPlate read = null;
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
    if (draft.best == null && detection.vehicle() != null && !frame.still()) {
      resume(
          tracks,
          config.rejoining().atPlace(tracks.dormant, detection.vehicle().box()),
          draft,
          number,
          out);
    }
    boolean better = draft.add(sighting, config.reading());
    if (detection.vehicle() != null) {
      config.rejoining().see(draft, detection.vehicle().box(), frame.capturedAt());
    }
    if (read != null) {
      draft.agree(consensus, grammar, tracks.regions);
      if (!draft.text.isEmpty() && !tracks.dormant.isEmpty()) {
        resume(
            tracks, config.rejoining().withPlate(tracks.dormant, draft.text), draft, number, out);
      }
      opinions.see(draft, frame, detection.plate(), read.read());
    }
    boolean announced = announce(tracks, number, draft, frame.still(), out);
    if (!frame.still() && detection.vehicle() != null) {
      ask(opinions.whileInView(camera, draft, tracks.regions, frame.capturedAt()), out);
    }
    // After the announcement: an alert does not wait for pictures.
    if (better) {
      EvidenceKeeper.Kept kept =
          evidence.keep(draft.passId, frame, detection, found.detections(), draft.evidence);
      draft.evidence = kept.evidence();
      draft.platePicture = kept.platePicture();
    }
    if (announced) {
      evidence.publish(draft.evidence);
    }
  }

  private boolean announce(
      CameraTracks tracks, long number, PassDraft draft, boolean still, PassOutput out) {
    boolean agreed =
        !still
            && draft.agreeingReads >= config.announceReads()
            && draft.score >= config.announceScore()
            && !draft.text.isEmpty();
    boolean news = agreed && !draft.text.equals(draft.announced);
    if (news) {
      draft.announced = draft.text;
      VehiclePass pass = PassAssembler.assemble(tracks, track(tracks, number), draft);
      out.update(
          new PassUpdate(
              pass,
              Stage.PROVISIONAL,
              draft.agreed,
              tracks.regions,
              draft.asked,
              draft.platePicture));
    }
    return news;
  }

  private static void ask(ReadRequest request, PassOutput out) {
    if (request != null) {
      out.ask(request);
    }
  }

  private boolean finish(
      CameraTracks tracks, String camera, Track track, boolean still, PassOutput out)
      throws InterruptedException {
    PassDraft draft = tracks.drafts.remove(track.number());
    return draft != null && finish(tracks, camera, track, draft, still, out);
  }

  private boolean finish(
      CameraTracks tracks,
      String camera,
      Track track,
      PassDraft draft,
      boolean still,
      PassOutput out)
      throws InterruptedException {
    // More often lettering of the vehicle or a caption of the camera than a plate: it must be as
    // sure as what alerts are sent for.
    boolean odd = !grammar.follows(draft.text, tracks.regions);
    if (draft.score < (odd ? config.announceScore() : config.minScore())) {
      draft.forgetText();
    }
    boolean unread = draft.text.isEmpty();
    boolean flicker =
        unread
            && (track.frames() < config.minFrames()
                || track.vehicleScore() < config.minVehicleScore());
    // Lettering on no vehicle that is no plate's: a sign, a caption of the camera.
    boolean sign = track.vehicleClass() == null && (unread || odd);
    if (!still && !draft.knownOutside() && (flicker || sign)) {
      evidence.discard(draft.evidence);
      return false;
    }
    ask(opinions.atEnd(camera, draft, tracks.regions), out);
    VehiclePass pass = PassAssembler.assemble(tracks, track, draft);
    out.update(
        new PassUpdate(
            pass, Stage.FINISHED, draft.agreed, tracks.regions, draft.asked, draft.platePicture));
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
