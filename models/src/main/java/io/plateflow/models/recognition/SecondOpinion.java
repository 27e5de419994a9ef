package io.plateflow.models.recognition;

import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Decides whether another reader is asked about a plate, and which answer holds. Thread-safe. */
@FunctionalInterface
public interface SecondOpinion {

  /** Keeps what was read on this machine. */
  SecondOpinion NONE =
      (local, pixels, plateBox, regions) -> CompletableFuture.completedFuture(local);

  /**
   * The answer that holds for a plate; never fails where the other reader does.
   *
   * @param local read on this machine
   * @param pixels used until this returns, not until the future is done
   * @param regions expected countries, most likely first; empty means any
   */
  CompletableFuture<RecognizedPlate> on(
      RecognizedPlate local, Pixels pixels, BoundingBox plateBox, List<String> regions);
}
