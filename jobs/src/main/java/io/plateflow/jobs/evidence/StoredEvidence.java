package io.plateflow.jobs.evidence;

import io.plateflow.clients.evidence.EvidenceConfig;
import io.plateflow.clients.evidence.EvidenceCounts;
import io.plateflow.clients.evidence.EvidenceWriters;
import io.plateflow.connectors.evidence.EvidenceStore;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.pass.Evidence;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * Stores the frame and the crops of vehicle and plate as JPEG.
 *
 * <p>The pictures of an open pass stay in memory, where a better frame replaces them, until they
 * are published or a checkpoint needs them: most are never written.
 */
public final class StoredEvidence implements EvidenceKeeper {

  /** Often enough for a sweep that spares what is younger than days. */
  private static final Duration TOUCH_EVERY = Duration.ofHours(6);

  private final EvidenceStore store;
  private final EvidenceWriters writers;
  private final EvidenceCounts counts;
  private final EvidencePictures pictures;
  private final boolean handsPlatesOn;
  private final LongSupplier nanoClock;

  /** When the pictures of passes were last known to look new, by pass; older ones are left out. */
  private final Map<String, Long> touched = new HashMap<>();

  /** Encoded and not yet handed to a writer, by path. */
  private final Map<String, Held> held = new HashMap<>();

  /**
   * @param onlyHere whether no earlier picture was ever handed to a writer for this path
   */
  private record Held(byte[] picture, boolean onlyHere) {}

  /**
   * @param blurPlates whether every plate of a frame is made unreadable, and pictures of plates are
   *     handed on instead of stored
   */
  public StoredEvidence(
      EvidenceStore store, EvidenceConfig config, boolean blurPlates, MetricGroup metrics) {
    this(store, config, blurPlates, metrics, System::nanoTime);
  }

  StoredEvidence(
      EvidenceStore store,
      EvidenceConfig config,
      boolean blurPlates,
      MetricGroup metrics,
      LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.store = store;
    this.counts = new EvidenceMetrics(metrics);
    this.writers = new EvidenceWriters(store, config.writers(), config.queueSize(), counts);
    this.pictures = new EvidencePictures(config.frames(), config.platePadding(), blurPlates);
    this.handsPlatesOn = blurPlates;
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
    EvidencePictures.Pictures made = pictures.of(frame, detection, all);
    List<String> earlier = paths(before);
    Function<String, String> path = name -> store.path(passId, frame.capturedAt(), name);
    Evidence now =
        new Evidence(
            hold(path.apply("frame"), made.frame(), earlier),
            hold(path.apply("vehicle"), made.vehicle(), earlier),
            handsPlatesOn && made.plate() != null
                ? path.apply("plate")
                : hold(path.apply("plate"), made.plate(), earlier));
    List<String> kept = paths(now);
    for (String old : earlier) {
      if (!kept.contains(old)) {
        discard(old);
      }
    }
    return new Kept(now, handsPlatesOn ? made.plate() : null);
  }

  /** The path of the picture; null where there is none. */
  private @Nullable String hold(String path, byte @Nullable [] picture, List<String> earlier) {
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

  @Override
  public void inView(String passId, Evidence evidence) throws InterruptedException {
    long now = nanoClock.getAsLong();
    Long before = touched.get(passId);
    if (before != null && now - before < TOUCH_EVERY.toNanos()) {
      return;
    }
    touched.values().removeIf(at -> now - at >= TOUCH_EVERY.toNanos());
    touched.put(passId, now);
    for (String path : paths(evidence)) {
      if (!held.containsKey(path)) {
        writers.touch(path);
      }
    }
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
  public boolean await(Evidence evidence, Duration patience) throws InterruptedException {
    return writers.await(paths(evidence), patience);
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
