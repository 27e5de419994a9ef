package io.plateflow.jobs.track;

import io.plateflow.jobs.pass.LadderConfig;
import io.plateflow.jobs.pass.ReadRequest;
import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.models.image.JpegEncoder;
import io.plateflow.models.read.ReadingMode;
import io.plateflow.models.read.SecondOpinionPolicy;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateRead;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the best picture of a plate and decides whether and when Gemini is asked about it: once for
 * each pass, when its track ends or when further frames would not help.
 */
final class SecondOpinions {

  private static final int QUALITY = 90;

  /** Room around the plate, as a fraction of its size: detectors cut letters off. */
  private static final double MARGIN = 0.12;

  private static final Duration LONG_STAND = Duration.ofSeconds(5);

  /** With Gemini first, a few more pictures of an arriving vehicle are worth waiting for. */
  private static final int FIRST_READS = 3;

  private final LadderConfig config;
  private final SecondOpinionPolicy policy;
  private final PlateGrammar grammar;

  SecondOpinions(LadderConfig config, PlateGrammar grammar) {
    this.config = config;
    this.policy = new SecondOpinionPolicy(config.doubt());
    this.grammar = grammar;
  }

  /** Keeps the picture of a plate that was read, where it is the best to ask about. */
  void onRead(PassDraft draft, Frame frame, Detection plate, PlateRead read) {
    double area = plate.box().area();
    if (!config.of(frame.camera().id()).gemini()
        || draft.publication.asked()
        || !draft.crop.isWorseThan(area, read.confidence())) {
      return;
    }
    BoundingBox box = plate.box();
    BoundingBox cut =
        box.padded(
            MARGIN * box.width(),
            MARGIN * box.height(),
            frame.pixels().width(),
            frame.pixels().height());
    byte[] jpeg = JpegEncoder.encode(frame.pixels(), cut, QUALITY);
    draft.crop = new PlateCrop(jpeg, area, read.confidence());
  }

  /**
   * The request for a vehicle that is in view, or null. One that still moves will be read better,
   * or ends soon; one that stands was read as often as it will be.
   */
  @Nullable ReadRequest whileInView(
      String cameraId, PassDraft draft, List<String> regions, Instant now) {
    boolean stands = draft.rest != null && draft.rest.hasLasted(LONG_STAND, now);
    boolean first = config.of(cameraId) != ReadingMode.LOCAL_FIRST;
    return stands || first && draft.reads.countAtThisSize >= FIRST_READS
        ? ask(cameraId, draft, regions)
        : null;
  }

  /** The request for a track that has ended, or null. */
  @Nullable ReadRequest atEnd(String cameraId, PassDraft draft, List<String> regions) {
    return ask(cameraId, draft, regions);
  }

  private @Nullable ReadRequest ask(String cameraId, PassDraft draft, List<String> regions) {
    byte[] jpeg = draft.crop.jpeg();
    if (draft.publication.asked() || jpeg == null) {
      return null;
    }
    ReadingMode mode = config.of(cameraId);
    String reason =
        policy.reason(
            mode,
            draft.passId,
            draft.reads.text,
            draft.reads.score,
            draft.reads.count,
            draft.reads.agreeing,
            grammar,
            regions);
    if (reason == null) {
      return null;
    }
    ReadRequest request = new ReadRequest(draft.passId, cameraId, mode, jpeg, reason);
    draft.publication = draft.publication.afterAsking();
    draft.crop = draft.crop.sent();
    return request;
  }
}
