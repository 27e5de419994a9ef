package io.plateflow.jobs.evidence;

import io.plateflow.clients.evidence.EvidenceCounts;
import io.plateflow.clients.evidence.EvidenceWriters;
import io.plateflow.connectors.evidence.EvidenceStore;
import io.plateflow.models.image.JpegEncoder;
import io.plateflow.models.image.PlateBlur;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.pass.Evidence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.flink.metrics.MetricGroup;

/**
 * Stores the frame and the crops of vehicle and plate as JPEG.
 *
 * <p>The pictures of an open pass stay in memory, where a better frame replaces them, until
 * somebody is told of them or a checkpoint needs them: most of them are never written.
 */
public final class StoredEvidence implements EvidenceKeeper {

  private static final int QUALITY = 85;

  private final EvidenceStore store;
  private final EvidenceWriters writers;
  private final EvidenceCounts counts;
  private final boolean wholeFrames;
  private final int platePadding;

  /** Null where plates are shown. */
  private final PlateBlur blur;

  /** Encoded and not yet handed to a writer, by path. */
  private final Map<String, Held> held = new HashMap<>();

  /**
   * @param onlyHere whether no earlier picture was ever handed to a writer for this path
   */
  private record Held(byte[] picture, boolean onlyHere) {}

  /**
   * @param platePadding pixels around the plate
   * @param blurPlates whether every plate of a frame is made unreadable, and pictures of plates are
   *     handed on instead of stored
   */
  public StoredEvidence(
      EvidenceStore store,
      EvidenceConfig config,
      int platePadding,
      boolean blurPlates,
      MetricGroup metrics) {
    this.store = store;
    this.blur = blurPlates ? new PlateBlur() : null;
    this.counts = new EvidenceMetrics(metrics);
    this.writers = new EvidenceWriters(store, config.writers(), config.queueSize(), counts);
    this.wholeFrames = config.frames();
    this.platePadding = platePadding;
    metrics.gauge("evidenceWaiting", writers::waiting);
  }

  @Override
  public Kept keep(
      String passId,
      Frame frame,
      PairedDetection detection,
      List<PairedDetection> all,
      Evidence before)
      throws InterruptedException {
    Pixels pixels = frame.pixels();
    Pixels shown = blur == null ? pixels : blur.blurred(pixels, plates(all));
    List<String> earlier = paths(before);
    Function<String, String> path = name -> store.path(passId, frame.capturedAt(), name);
    byte[] plate = crop(pixels, detection.plate(), roomAround(detection.plate(), all));
    Evidence now =
        new Evidence(
            hold(path.apply("frame"), whole(shown), earlier),
            hold(path.apply("vehicle"), crop(shown, detection.vehicle(), 0), earlier),
            blur != null && plate != null
                ? path.apply("plate")
                : hold(path.apply("plate"), plate, earlier));
    List<String> kept = paths(now);
    for (String old : earlier) {
      if (!kept.contains(old)) {
        discard(old);
      }
    }
    return new Kept(now, blur == null ? null : plate);
  }

  private static List<BoundingBox> plates(List<PairedDetection> all) {
    return all.stream()
        .map(PairedDetection::plate)
        .filter(Objects::nonNull)
        .map(Detection::box)
        .toList();
  }

  /** None where the margin would show a plate that is to be hidden. */
  private int roomAround(Detection plate, List<PairedDetection> all) {
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

  private String hold(String path, byte[] picture, List<String> earlier) {
    if (picture == null) {
      return null;
    }
    Held before = held.get(path);
    boolean onlyHere = before == null ? !earlier.contains(path) : before.onlyHere();
    held.put(path, new Held(picture, onlyHere));
    if (before != null) {
      counts.replaced();
    }
    return path;
  }

  private byte[] whole(Pixels pixels) {
    return wholeFrames ? JpegEncoder.encode(pixels, null, QUALITY) : null;
  }

  private static byte[] crop(Pixels pixels, Detection seen, int padding) {
    if (seen == null) {
      return null;
    }
    BoundingBox box = seen.box().padded(padding, padding, pixels.width(), pixels.height());
    return JpegEncoder.encode(pixels, box, QUALITY);
  }

  @Override
  public void publish(Evidence evidence) throws InterruptedException {
    for (String path : paths(evidence)) {
      Held picture = held.remove(path);
      if (picture != null) {
        writers.write(path, picture.picture());
      }
    }
  }

  @Override
  public void discard(Evidence evidence) throws InterruptedException {
    for (String path : paths(evidence)) {
      discard(path);
    }
  }

  private void discard(String path) throws InterruptedException {
    Held picture = held.remove(path);
    if (picture == null || !picture.onlyHere()) {
      writers.delete(path);
    }
  }

  @Override
  public void flush() throws InterruptedException {
    for (Map.Entry<String, Held> picture : held.entrySet()) {
      writers.write(picture.getKey(), picture.getValue().picture());
    }
    held.clear();
    writers.flush();
  }

  @Override
  public void close() {
    writers.close();
  }

  private static List<String> paths(Evidence evidence) {
    return Stream.of(evidence.framePath(), evidence.vehiclePath(), evidence.platePath())
        .filter(Objects::nonNull)
        .toList();
  }
}
