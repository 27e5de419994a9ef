package io.plateflow.connectors.camera.reader;

import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.frame.Frame;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event that a camera's thread passes to the task's thread. */
sealed interface FeedEvent {

  /**
   * @param timestampMicros from the start of its file; -1 where there is none
   * @param entry its file's name in a folder, or null
   * @param nextDueMicros of the frame-rate cap, once this frame has passed
   */
  record Picture(Frame frame, long timestampMicros, @Nullable String entry, long nextDueMicros)
      implements FeedEvent {}

  /**
   * @param position of what was rejected
   * @param nextSequence where reading goes on
   * @param entry as for pictures
   * @param nextDueMicros as for pictures: a damaged picture has passed the cap too
   */
  record Rejection(
      long position,
      long nextSequence,
      @Nullable String entry,
      long nextDueMicros,
      String kind,
      String reason,
      Instant at)
      implements FeedEvent {}

  /** The camera's state changed. */
  record Change(CameraStatus.State state, String reason, Instant at) implements FeedEvent {}
}
