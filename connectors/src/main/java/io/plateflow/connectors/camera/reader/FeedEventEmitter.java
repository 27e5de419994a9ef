package io.plateflow.connectors.camera.reader;

import io.plateflow.clients.camera.CameraPosition;
import io.plateflow.connectors.camera.CameraFrame;
import io.plateflow.connectors.camera.CameraRecord;
import io.plateflow.connectors.camera.CameraRejection;
import io.plateflow.connectors.camera.CameraStateChange;
import io.plateflow.connectors.camera.split.CameraSplitState;
import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.frame.RejectedRecord;
import java.time.Duration;
import org.apache.flink.api.connector.source.SourceOutput;

/** Turns a camera's event into a record, and moves the camera's split behind it. */
final class FeedEventEmitter {

  private final FeedClock clock;

  FeedEventEmitter(FeedClock clock) {
    this.clock = clock;
  }

  void emit(
      FeedEvent event,
      CameraSplitState split,
      CameraMetrics metrics,
      SourceOutput<CameraRecord> output) {
    if (event instanceof FeedEvent.Picture picture) {
      emit(picture, split, metrics, output);
    } else if (event instanceof FeedEvent.Rejection rejection) {
      emit(rejection, split, metrics, output);
    } else if (event instanceof FeedEvent.Change change) {
      emit(change, split, output);
    }
  }

  void emit(CameraStatus status, SourceOutput<CameraRecord> output) {
    output.collect(new CameraStateChange(status), status.at().toEpochMilli());
  }

  private void emit(
      FeedEvent.Picture picture,
      CameraSplitState split,
      CameraMetrics metrics,
      SourceOutput<CameraRecord> output) {
    Frame frame = picture.frame();
    CameraPosition before = split.position();
    if (frame.sequence() < before.nextSequence()) {
      // The thread that was left behind and the one in its place may both have come to it.
      frame.pixels().release();
      return;
    }
    split.moveTo(
        new CameraPosition(
            frame.sequence() + 1,
            picture.timestampMicros(),
            picture.entry(),
            frame.capturedAt(),
            picture.nextDueMicros(),
            before.frames() + 1,
            before.rejected(),
            false));
    metrics.frame(Duration.between(frame.receivedAt(), clock.now()).toMillis());
    output.collect(new CameraFrame(frame), frame.capturedAt().toEpochMilli());
  }

  private void emit(
      FeedEvent.Rejection rejection,
      CameraSplitState split,
      CameraMetrics metrics,
      SourceOutput<CameraRecord> output) {
    CameraPosition before = split.position();
    if (rejection.position() < before.nextSequence()) {
      return;
    }
    split.moveTo(
        new CameraPosition(
            rejection.nextSequence(),
            // Nothing to seek to: a film is read from its beginning and skipped up to here.
            -1,
            rejection.entry(),
            before.lastCapturedAt(),
            rejection.nextDueMicros(),
            before.frames(),
            before.rejected() + 1,
            false));
    metrics.rejection();
    output.collect(
        new CameraRejection(
            new RejectedRecord(
                split.camera().id(),
                rejection.position(),
                rejection.kind(),
                rejection.reason(),
                rejection.at())),
        rejection.at().toEpochMilli());
  }

  private void emit(
      FeedEvent.Change change, CameraSplitState split, SourceOutput<CameraRecord> output) {
    if (change.state() == CameraStatus.State.ENDED) {
      split.moveTo(split.position().asEnded());
    }
    emit(
        new CameraStatus(
            split.camera().id(),
            change.state(),
            change.reason(),
            change.at(),
            split.position().frames()),
        output);
  }
}
