package io.plateflow.jobs.reading;

import io.plateflow.jobs.pass.ReadAnswer;
import io.plateflow.jobs.pass.ReadRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * Asks the second reader asynchronously. Every request gets an answer, possibly without a read: a
 * reader that is slow, throttled or down never fails the job or blocks a camera, so a request
 * beyond the limit is answered at once.
 */
public final class AsyncSecondReadFunction extends RichAsyncFunction<ReadRequest, ReadAnswer> {

  private static final long serialVersionUID = 1L;

  private final SecondReader.Factory readers;
  private final int mostWaiting;

  private transient SecondReader reader;
  private transient AtomicInteger waiting;
  private transient Counter requests;
  private transient Counter overflow;
  private transient Counter unanswered;

  /**
   * @param mostWaiting requests of this subtask that may be in flight; below the capacity that the
   *     asynchronous operator is given
   */
  public AsyncSecondReadFunction(SecondReader.Factory readers, int mostWaiting) {
    this.readers = readers;
    this.mostWaiting = mostWaiting;
  }

  @Override
  public void open(OpenContext context) {
    reader = readers.open();
    waiting = new AtomicInteger();
    var metrics = getRuntimeContext().getMetricGroup();
    requests = metrics.counter("secondReadsAsked");
    overflow = metrics.counter("secondReadsRefusedWhenFull");
    unanswered = metrics.counter("secondReadsTimedOut");
    metrics.gauge("secondReadsWaiting", waiting::get);
  }

  @Override
  public void asyncInvoke(ReadRequest request, ResultFuture<ReadAnswer> result) {
    requests.inc();
    if (waiting.incrementAndGet() > mostWaiting) {
      waiting.decrementAndGet();
      overflow.inc();
      result.complete(List.of(ReadAnswer.without(request, "too many requests waiting")));
      return;
    }
    reader
        .read(request)
        .whenComplete(
            (answer, failure) -> {
              waiting.decrementAndGet();
              result.complete(
                  List.of(
                      failure == null ? answer : ReadAnswer.without(request, failure.toString())));
            });
  }

  /** The operator's own timeout, in case the reader misses its deadline. */
  @Override
  public void timeout(ReadRequest request, ResultFuture<ReadAnswer> result) {
    unanswered.inc();
    result.complete(List.of(ReadAnswer.without(request, "no answer in time")));
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }
}
