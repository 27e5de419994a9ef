package io.plateflow.jobs.evidence;

import io.plateflow.models.image.JpegEncoder;
import io.plateflow.models.image.PlateBlur;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Cuts the pictures of a pass out of a frame, as JPEG; plates made unreadable where asked for. */
final class EvidencePictures {

  private static final int QUALITY = 85;

  private final boolean wholeFrames;
  private final int platePadding;

  /** Null where plates are shown. */
  private final @Nullable PlateBlur blur;

  /**
   * @param platePadding pixels around the plate
   * @param blurPlates whether every plate is made unreadable on frame and vehicle
   */
  EvidencePictures(boolean wholeFrames, int platePadding, boolean blurPlates) {
    this.wholeFrames = wholeFrames;
    this.platePadding = platePadding;
    this.blur = blurPlates ? new PlateBlur() : null;
  }

  /**
   * JPEGs of one pass.
   *
   * @param frame null where whole frames are not kept
   * @param vehicle null where no vehicle was detected
   * @param plate readable; null where no plate was detected
   */
  record Pictures(byte @Nullable [] frame, byte @Nullable [] vehicle, byte @Nullable [] plate) {}

  /**
   * The pictures of {@code detection}.
   *
   * @param all everything on the frame
   */
  Pictures of(Frame frame, PairedDetection detection, List<PairedDetection> all) {
    Pixels pixels = frame.pixels();
    Pixels shown = blur == null ? pixels : blur.blurred(pixels, plates(all));
    byte[] plate = crop(pixels, detection.plate(), roomAround(detection.plate(), all));
    byte[] whole = wholeFrames ? JpegEncoder.encode(shown, null, QUALITY) : null;
    return new Pictures(whole, crop(shown, detection.vehicle(), 0), plate);
  }

  private static List<BoundingBox> plates(List<PairedDetection> all) {
    return all.stream()
        .map(PairedDetection::plate)
        .filter(Objects::nonNull)
        .map(Detection::box)
        .toList();
  }

  /** None where the margin would show a plate that is to be hidden. */
  private int roomAround(@Nullable Detection plate, List<PairedDetection> all) {
    if (blur == null || plate == null) {
      return platePadding;
    }
    BoundingBox box = plate.box();
    BoundingBox wide =
        new BoundingBox(
            box.x1() - platePadding,
            box.y1() - platePadding,
            box.x2() + platePadding,
            box.y2() + platePadding);
    boolean alone =
        plates(all).stream().allMatch(other -> other.equals(box) || wide.intersection(other) == 0);
    return alone ? platePadding : 0;
  }

  private static byte @Nullable [] crop(Pixels pixels, @Nullable Detection seen, int padding) {
    if (seen == null) {
      return null;
    }
    BoundingBox box = seen.box().padded(padding, padding, pixels.width(), pixels.height());
    return JpegEncoder.encode(pixels, box, QUALITY);
  }
}
