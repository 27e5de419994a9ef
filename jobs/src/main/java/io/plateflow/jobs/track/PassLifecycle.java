package io.plateflow.jobs.track;

import io.plateflow.jobs.evidence.EvidenceKeeper;
import io.plateflow.jobs.pass.LadderConfig;
import io.plateflow.jobs.reading.PlateReading;
import io.plateflow.models.engine.FrameDetections;
import io.plateflow.models.grammar.GrammarWeights;
import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.models.track.Track;
import io.plateflow.models.track.TrackUpdate;
import io.plateflow.models.track.VehicleTracker;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.frame.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts, merges, resumes and ends the passes of one camera, as the detections of its frames join
 * to tracks.
 */
final class PassLifecycle {

  /** How long a gate waits for the picture of a vehicle, at most. */
  private static final Duration PICTURE_PATIENCE = Duration.ofMillis(100);

  private final PassConfig config;
  private final TrackRejoining rejoining;
  private final ReadingPolicy readingPolicy;
  private final VehicleTracker tracker;
  private final PassReading reading;
  private final SecondOpinions opinions;
  private final PassAnnouncer announcer;
  private final NoiseFilter noise;
  private final EvidenceKeeper evidence;

  PassLifecycle(
      PassConfig config, LadderConfig ladder, PlateReading reading, EvidenceKeeper evidence) {
    PlateGrammar grammar = new PlateGrammar(GrammarWeights.DEFAULT);
    this.config = config;
    this.rejoining = new TrackRejoining(config.tracking().rejoining());
    this.readingPolicy = new ReadingPolicy(config.reading().repeats());
    this.tracker = new VehicleTracker(config.tracking().tracker());
    this.reading = new PassReading(readingPolicy, reading, grammar);
    this.opinions = new SecondOpinions(ladder, grammar);
    this.announcer = new PassAnnouncer(config, opinions);
    this.noise = new NoiseFilter(config, grammar);
    this.evidence = evidence;
  }

  /**
   * Adds a frame; changes {@code tracks}.
   *
   * @param out gets provisional and finished passes, and questions about them
   * @return tracks that ended as noise
   */
  int onFrame(CameraTracks tracks, Frame frame, FrameDetections found, PassOutput out)
      throws InterruptedException {
    List<PairedDetection> detections = found.detections();
    TrackUpdate update =
        tracker.update(tracks.tracker, frame.sequence(), frame.capturedAt(), detections);
    tracks.tracker = update.state();
    for (TrackUpdate.Merge merge : update.merged()) {
      merge(tracks, merge.into(), tracks.drafts.remove(merge.from()), out);
    }
    int dropped = 0;
    for (Track track : update.ended()) {
      dropped += end(tracks, track, out) ? 0 : 1;
    }
    finishDormant(tracks, frame.capturedAt(), out);
    for (int i = 0; i < detections.size(); i++) {
      onDetection(tracks, frame, found, detections.get(i), update.trackNumbers().get(i), out);
    }
    // The next still is another scene.
    return frame.still() ? dropped + endAll(tracks, true, out) : dropped;
  }

  /**
   * Ends every open track: the camera ended or went down.
   *
   * @return tracks that ended as noise
   */
  int endAll(CameraTracks tracks, PassOutput out) throws InterruptedException {
    return endAll(tracks, false, out);
  }

  private int endAll(CameraTracks tracks, boolean still, PassOutput out)
      throws InterruptedException {
    int dropped = 0;
    TrackUpdate update = tracker.finish(tracks.tracker);
    for (Track track : update.ended()) {
      dropped += finish(tracks, track, still, out) ? 0 : 1;
    }
    tracks.tracker = update.state();
    finishDormant(tracks, Instant.MAX, out);
    return dropped;
  }

  private void onDetection(
      CameraTracks tracks,
      Frame frame,
      FrameDetections found,
      PairedDetection detection,
      long number,
      PassOutput out)
      throws InterruptedException {
    PassDraft draft =
        tracks.drafts.computeIfAbsent(number, n -> new PassDraft(PassAssembler.passId(frame, n)));
    Sighting sighting = reading.sighting(draft, frame, found, detection);
    Detection vehicle = detection.vehicle();
    if (draft.best == null && vehicle != null && !frame.still()) {
      DormantPass parked = rejoining.atPlace(tracks.dormant, vehicle.box());
      resume(tracks, parked, draft, number, out);
    }
    boolean better = draft.add(sighting, readingPolicy);
    if (vehicle != null) {
      draft.rest = RestingPlace.next(draft.rest, vehicle.box(), sighting.capturedAt());
    }
    if (sighting.read() != null) {
      onRead(tracks, frame, sighting, draft, number, out);
    }
    boolean due = !frame.still() && announcer.isDue(tracks, draft, frame.capturedAt());
    boolean atGate = PassAnnouncer.isGate(tracks);
    if (due && !atGate) {
      // Before its pictures are made: an alert does not wait for them.
      announcer.announce(tracks, number, draft, frame.capturedAt(), false, out);
    }
    if (vehicle != null && !frame.still()) {
      announcer.askInView(tracks, draft, frame.capturedAt(), out);
    }
    if (better) {
      EvidenceKeeper.Kept kept =
          evidence.keep(draft.passId, frame, detection, found.detections(), draft.evidence);
      draft.evidence = kept.evidence();
      draft.platePicture = kept.platePicture();
    }
    evidence.inView(draft.passId, draft.evidence);
    if (due) {
      evidence.publish(draft.evidence);
    }
    if (due && atGate) {
      // Whoever is asked to open looks at the picture; a later revision brings one that is slow.
      boolean first = draft.publication.text() == null;
      boolean late = first && !evidence.await(draft.evidence, PICTURE_PATIENCE);
      announcer.announce(tracks, number, draft, frame.capturedAt(), late, out);
    }
  }

  private void onRead(
      CameraTracks tracks,
      Frame frame,
      Sighting sighting,
      PassDraft draft,
      long number,
      PassOutput out)
      throws InterruptedException {
    reading.vote(draft, tracks.regions);
    if (draft.reads.hasText()) {
      DormantPass same = rejoining.withPlate(tracks.dormant, draft.reads.text);
      resume(tracks, same, draft, number, out);
    }
    opinions.onRead(draft, frame, sighting.requirePlate(), sighting.requireRead());
  }

  /**
   * Joins the pass of a track that turned out to show the same vehicle.
   *
   * @param from null where it had none
   */
  private void merge(CameraTracks tracks, long into, @Nullable PassDraft from, PassOutput out)
      throws InterruptedException {
    if (from == null) {
      return;
    }
    PassDraft draft = tracks.drafts.computeIfAbsent(into, n -> new PassDraft(from.passId));
    if (draft.publication.isKnown() && from.publication.isKnown()) {
      announcer.absorbed(tracks, tracks.track(into), from, out);
    }
    evidence.discard(draft.absorb(from));
    reading.vote(draft, tracks.regions);
  }

  /** Lets this track go on with a pass that had broken off; does nothing where there is none. */
  private void resume(
      CameraTracks tracks,
      @Nullable DormantPass before,
      PassDraft draft,
      long number,
      PassOutput out)
      throws InterruptedException {
    if (before == null) {
      return;
    }
    if (draft.publication.isKnown() && before.draft().publication.isKnown()) {
      announcer.absorbed(tracks, tracks.track(number), draft, out);
      draft.publication = Publication.NONE;
    }
    evidence.discard(draft.resume(before));
    reading.vote(draft, tracks.regions);
  }

  /**
   * Ends a track; its pass is held back where its vehicle may come back.
   *
   * @return false for noise
   */
  private boolean end(CameraTracks tracks, Track track, PassOutput out)
      throws InterruptedException {
    PassDraft draft = tracks.drafts.get(track.number());
    DormantPass dormant =
        draft != null && isWorthWaiting(draft) ? rejoining.dormant(track, draft) : null;
    if (dormant == null) {
      return finish(tracks, track, false, out);
    }
    tracks.drafts.remove(track.number());
    tracks.dormant.add(dormant);
    return true;
  }

  private boolean isWorthWaiting(PassDraft draft) {
    return draft.reads.score >= config.reading().minScore() || draft.rest != null;
  }

  private void finishDormant(CameraTracks tracks, Instant now, PassOutput out)
      throws InterruptedException {
    for (Iterator<DormantPass> i = tracks.dormant.iterator(); i.hasNext(); ) {
      DormantPass dormant = i.next();
      // Before it was last seen: the camera's clock jumped, and what comes is another time.
      if (now.isAfter(dormant.until()) || now.isBefore(dormant.track().lastSeen())) {
        i.remove();
        finish(tracks, dormant.track(), dormant.draft(), false, out);
      }
    }
  }

  private boolean finish(CameraTracks tracks, Track track, boolean still, PassOutput out)
      throws InterruptedException {
    PassDraft draft = tracks.drafts.remove(track.number());
    return draft != null && finish(tracks, track, draft, still, out);
  }

  private boolean finish(
      CameraTracks tracks, Track track, PassDraft draft, boolean still, PassOutput out)
      throws InterruptedException {
    noise.forgetUnsureText(draft.reads, tracks.regions);
    if (!still
        && !draft.publication.isKnown()
        && noise.isNoise(track, draft.reads, tracks.regions)) {
      evidence.discard(draft.evidence);
      return false;
    }
    announcer.finished(tracks, track, draft, out);
    evidence.publish(draft.evidence);
    return true;
  }
}
