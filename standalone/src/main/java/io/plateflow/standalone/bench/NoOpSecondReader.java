package io.plateflow.standalone.bench;

import io.plateflow.jobs.pass.ReadAnswer;
import io.plateflow.jobs.pass.ReadRequest;
import io.plateflow.jobs.reading.SecondReader;
import java.util.concurrent.CompletableFuture;

/** A second reader that answers every request with nothing. */
final class NoOpSecondReader implements SecondReader {

  @Override
  public CompletableFuture<ReadAnswer> read(ReadRequest request) {
    return CompletableFuture.completedFuture(ReadAnswer.without(request, "not asked in a bench"));
  }

  @Override
  public void close() {}
}
