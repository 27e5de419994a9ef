package io.plateflow.jobs.track;

import io.plateflow.connectors.evidence.EvidenceStore;
import io.plateflow.models.image.JpegEncoder;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.pass.Evidence;

/** Stores the frame and the crops of vehicle and plate as JPEG. */
public final class StoredEvidence implements EvidenceKeeper {

  private static final int QUALITY = 85;

  private final EvidenceStore store;
  private final boolean wholeFrames;
  private final int platePadding;

  /**
   * @param wholeFrames whether the frame is kept beside the crops
   * @param platePadding pixels around the plate
   */
  public StoredEvidence(EvidenceStore store, boolean wholeFrames, int platePadding) {
    this.store = store;
    this.wholeFrames = wholeFrames;
    this.platePadding = platePadding;
  }

  @Override
  public Evidence keep(String passId, Frame frame, PairedDetection detection) {
    Pixels pixels = frame.pixels();
    return store.store(
        passId,
        frame.capturedAt(),
        wholeFrames ? JpegEncoder.encode(pixels, null, QUALITY) : null,
        crop(pixels, detection.vehicle(), 0),
        crop(pixels, detection.plate(), platePadding));
  }

  private static byte[] crop(Pixels pixels, Detection seen, int padding) {
    if (seen == null) {
      return null;
    }
    BoundingBox box = seen.box().padded(padding, padding, pixels.width(), pixels.height());
    return JpegEncoder.encode(pixels, box, QUALITY);
  }
}
