package io.plateflow.jobs.evidence;

import io.plateflow.clients.evidence.EvidenceWriters;
import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.pass.VehiclePass;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * Stores pictures of plates where only those of listed plates are to be stored. The tracker does
 * not know the list and forwards every picture; those of other plates are dropped here.
 */
public final class ListedPictures {

  /** Null where the tracker stores all pictures itself. */
  private final @Nullable EvidenceWriters writers;

  /** Opens the writers when an operator starts. */
  @FunctionalInterface
  public interface Factory extends Serializable {

    /** Null where the tracker stores all pictures itself. */
    @Nullable EvidenceWriters open(MetricGroup metrics);
  }

  /**
   * @param writers null where the tracker stores all pictures itself
   */
  public ListedPictures(@Nullable EvidenceWriters writers) {
    this.writers = writers;
  }

  /**
   * Stores the plate's picture, or deletes it.
   *
   * @param matches of the plate, the strictest first
   * @param written the pass as it was emitted last, with the path of its stored picture; or null
   * @return the pass, with the path of its plate's picture only if that is stored
   */
  public VehiclePass settle(
      PassUpdate update, List<ListMatch> matches, @Nullable VehiclePass written)
      throws InterruptedException {
    VehiclePass pass = update.pass();
    if (writers == null) {
      return pass;
    }
    String before = written == null ? null : written.evidence().platePath();
    String path = pass.evidence().platePath();
    boolean published =
        pass.withMatches(matches).listed()
            && (update.ended() || matches.get(0).meaning().raisesAlert());
    byte[] picture = update.platePicture();
    boolean stored = false;
    if (published && path != null && picture != null) {
      writers.write(path, picture);
      stored = true;
    }
    if (before != null && !(stored && before.equals(path))) {
      writers.delete(before);
    }
    return stored ? pass : pass.withEvidence(pass.evidence().withoutPlate());
  }

  /**
   * Deletes the stored picture of a plate that is on no list any more, since the pass or the list
   * was changed.
   *
   * @return the pass, with the path of its plate's picture only if that stays
   */
  public VehiclePass keepListed(VehiclePass pass, List<ListMatch> matches)
      throws InterruptedException {
    if (writers == null || pass.withMatches(matches).listed()) {
      return pass;
    }
    discard(pass);
    return pass.withEvidence(pass.evidence().withoutPlate());
  }

  /** Deletes the picture of a pass that there is not. */
  public void discard(VehiclePass written) throws InterruptedException {
    String path = written.evidence().platePath();
    if (writers != null && path != null) {
      writers.delete(path);
    }
  }

  public void flush() throws InterruptedException {
    if (writers != null) {
      writers.flush();
    }
  }

  public void close() {
    if (writers != null) {
      writers.close();
    }
  }
}
