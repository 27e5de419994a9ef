package io.plateflow.connectors.retention;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Emits the time (milliseconds since 1970) again and again, for work that only the clock starts.
 * Run it with a parallelism of 1. It has neither splits nor state.
 */
public final class TickSource implements Source<Long, TickSource.NoSplit, Void> {

  private static final long serialVersionUID = 1L;

  private final Duration interval;
  private final boolean finite;

  /** There are none. */
  public interface NoSplit extends SourceSplit {}

  /**
   * @param finite whether it ends at once, with no tick: in a job that is to end with its input
   */
  public TickSource(Duration interval, boolean finite) {
    this.interval = interval;
    this.finite = finite;
  }

  @Override
  public Boundedness getBoundedness() {
    return finite ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<Long, NoSplit> createReader(SourceReaderContext context) {
    return new Reader(interval, finite);
  }

  @Override
  public SplitEnumerator<NoSplit, Void> createEnumerator(SplitEnumeratorContext<NoSplit> context) {
    return new Enumerator();
  }

  @Override
  public SplitEnumerator<NoSplit, Void> restoreEnumerator(
      SplitEnumeratorContext<NoSplit> context, Void checkpoint) {
    return new Enumerator();
  }

  @Override
  public SimpleVersionedSerializer<NoSplit> getSplitSerializer() {
    return new Empty<>("Tick split");
  }

  @Override
  public SimpleVersionedSerializer<Void> getEnumeratorCheckpointSerializer() {
    return new Empty<>("Tick enumerator state");
  }

  private static final class Reader implements SourceReader<Long, NoSplit> {

    private final Duration interval;
    private final boolean finite;
    private CompletableFuture<Void> due = CompletableFuture.completedFuture(null);

    Reader(Duration interval, boolean finite) {
      this.interval = interval;
      this.finite = finite;
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<Long> output) {
      if (finite) {
        return InputStatus.END_OF_INPUT;
      }
      if (due.isDone()) {
        due = new CompletableFuture<>();
        due.completeOnTimeout(null, interval.toMillis(), TimeUnit.MILLISECONDS);
        output.collect(System.currentTimeMillis());
      }
      return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return due;
    }

    @Override
    public List<NoSplit> snapshotState(long checkpointId) {
      return List.of();
    }

    @Override
    public void addSplits(List<NoSplit> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }

  private static final class Enumerator implements SplitEnumerator<NoSplit, Void> {
    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, String host) {}

    @Override
    public void addSplitsBack(List<NoSplit> splits, int subtask) {}

    @Override
    public void addReader(int subtask) {}

    @Override
    public Void snapshotState(long checkpointId) {
      return null;
    }

    @Override
    public void close() {}
  }

  /** Nothing in no bytes. */
  private record Empty<T>(String what) implements SimpleVersionedSerializer<T> {
    @Override
    public int getVersion() {
      return 0;
    }

    @Override
    public byte[] serialize(T nothing) {
      return new byte[0];
    }

    @Override
    public T deserialize(int version, byte[] serialized) throws IOException {
      if (version != 0 || serialized.length != 0) {
        throw new IOException(
            "%s: found version %d with %d bytes, expected version 0 with none"
                .formatted(what, version, serialized.length));
      }
      return null;
    }
  }
}
