package io.plateflow.models.recognition;

import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads one plate of a still. */
public interface StillReading extends AutoCloseable {

  /** A plate's text and what else it shows. */
  record Result(PlateRead read, PlateAttributes attributes) {}

  /**
   * @param pixels used until this returns, not until the future is done
   * @param regions countries that are expected, most likely first; empty means any
   */
  CompletableFuture<Result> read(Pixels pixels, BoundingBox plateBox, List<String> regions);

  /** Whether it must not be called without need, because others are asked and paid. */
  boolean asksOthers();

  @Override
  void close();
}
