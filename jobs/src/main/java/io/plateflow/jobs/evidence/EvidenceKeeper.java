package io.plateflow.jobs.evidence;

import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.pass.Evidence;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the pictures of passes. Their paths are known at once; they are written later, at the
 * latest when {@link #flush()} returns.
 */
public interface EvidenceKeeper extends AutoCloseable {

  /** Keeps nothing. */
  EvidenceKeeper NOTHING =
      new EvidenceKeeper() {
        @Override
        public Kept keep(
            String passId,
            Frame frame,
            PairedDetection detection,
            List<PairedDetection> all,
            Evidence before) {
          return new Kept(Evidence.NONE, null);
        }

        @Override
        public void inView(String passId, Evidence evidence) {}

        @Override
        public void publish(Evidence evidence) {}

        @Override
        public boolean await(Evidence evidence, Duration patience) {
          return true;
        }

        @Override
        public void discard(Evidence evidence) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  /**
   * The kept pictures.
   *
   * @param platePicture JPEG of the plate, to be stored at its path once its match is known; null
   *     where it is stored already
   */
  record Kept(Evidence evidence, byte @Nullable [] platePicture) {}

  /**
   * Keeps this frame as the one that shows the pass best.
   *
   * @param detection what it shows of the pass
   * @param all everything it shows
   * @param before what it replaces
   */
  Kept keep(
      String passId,
      Frame frame,
      PairedDetection detection,
      List<PairedDetection> all,
      Evidence before)
      throws InterruptedException;

  /** Sees to it that the pictures of an open pass, whose vehicle is in view, are not swept away. */
  void inView(String passId, Evidence evidence) throws InterruptedException;

  /** Writes these pictures as soon as possible: their paths are being published. */
  void publish(Evidence evidence) throws InterruptedException;

  /**
   * Waits until published pictures are written, or were given up.
   *
   * @return whether they were, within this time
   */
  boolean await(Evidence evidence, Duration patience) throws InterruptedException;

  /** Deletes these pictures: their paths will not be published. */
  void discard(Evidence evidence) throws InterruptedException;

  /** Returns when every picture is written, or was given up and counted. */
  void flush() throws InterruptedException;

  @Override
  void close();

  /** Opens the keeper when an operator starts. */
  @FunctionalInterface
  interface Factory extends Serializable {
    EvidenceKeeper open(MetricGroup metrics);
  }
}
