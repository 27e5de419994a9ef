package io.plateflow.connectors.camera.testing;

import io.plateflow.clients.camera.FrameSourceConfig;
import io.plateflow.clients.camera.capture.CameraClientFactory;
import io.plateflow.connectors.camera.CameraFrame;
import io.plateflow.connectors.camera.CameraRecord;
import io.plateflow.connectors.camera.CameraStateChange;
import io.plateflow.connectors.camera.reader.CameraReader;
import io.plateflow.connectors.camera.reader.FeedClock;
import io.plateflow.connectors.camera.split.CameraSplit;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.frame.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.connector.testutils.source.reader.TestingReaderContext;
import org.apache.flink.connector.testutils.source.reader.TestingReaderOutput;
import org.apache.flink.core.io.InputStatus;

/** A reader without a job, which is polled until something has come; frames are released. */
public final class ReaderHarness implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final TestingReaderContext context = new TestingReaderContext();
  private final TestingReaderOutput<CameraRecord> output = new TestingReaderOutput<>();
  private final CameraReader reader;
  private final List<CameraRecord> records = new ArrayList<>();

  public ReaderHarness(FrameSourceConfig config, CameraClientFactory clients, FeedClock clock) {
    reader = new CameraReader(context, config, clients, clock, new SplittableRandom(5));
    reader.start();
  }

  public ReaderHarness add(CameraDefinition... cameras) {
    return add(Arrays.stream(cameras).map(CameraSplit::fresh).toArray(CameraSplit[]::new));
  }

  public ReaderHarness add(CameraSplit... splits) {
    reader.addSplits(List.of(splits));
    return this;
  }

  public void send(SourceEvent event) {
    reader.handleSourceEvents(event);
  }

  public CameraReader reader() {
    return reader;
  }

  public List<SourceEvent> sentEvents() {
    return context.getSentEvents();
  }

  /** Everything that came so far. */
  public List<CameraRecord> records() {
    return records;
  }

  public List<CameraStatus> statuses(String cameraId) {
    return records.stream()
        .filter(CameraStateChange.class::isInstance)
        .map(record -> ((CameraStateChange) record).status())
        .filter(status -> status.cameraId().equals(cameraId))
        .toList();
  }

  public CameraStatus awaitStatus(String cameraId, CameraStatus.State state) throws Exception {
    CameraRecord came =
        await(
            record ->
                record instanceof CameraStateChange change
                    && change.cameraId().equals(cameraId)
                    && change.status().state() == state);
    return ((CameraStateChange) came).status();
  }

  /** The frames that came so far; their pixels are released. */
  public List<Frame> frames() {
    return records.stream()
        .filter(CameraFrame.class::isInstance)
        .map(record -> ((CameraFrame) record).frame())
        .toList();
  }

  /** So many further frames of a camera. */
  public void awaitFrames(String cameraId, int count) throws Exception {
    for (int n = 0; n < count; n++) {
      await(record -> record instanceof CameraFrame && record.cameraId().equals(cameraId));
    }
  }

  /** The next record of the kind. */
  public CameraRecord await(Predicate<CameraRecord> wanted) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      CameraRecord record = poll();
      if (record == null) {
        try {
          reader.isAvailable().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
          break;
        }
      } else if (wanted.test(record)) {
        return record;
      }
    }
    throw new AssertionError("did not come; what came is %s".formatted(records));
  }

  /** The next record that is there already, or null. */
  public CameraRecord poll() {
    output.clearEmittedRecords();
    InputStatus status = reader.pollNext(output);
    if (output.getEmittedRecords().isEmpty()) {
      if (status == InputStatus.MORE_AVAILABLE) {
        throw new AssertionError("more was promised and nothing came");
      }
      return null;
    }
    CameraRecord record = output.getEmittedRecords().get(0);
    records.add(record);
    if (record instanceof CameraFrame taken) {
      taken.frame().pixels().release();
    }
    return record;
  }

  @Override
  public void close() {
    reader.close();
  }
}
