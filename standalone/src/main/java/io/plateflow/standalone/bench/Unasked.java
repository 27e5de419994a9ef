package io.plateflow.standalone.bench;

import io.plateflow.jobs.ladder.ReadAnswer;
import io.plateflow.jobs.ladder.ReadRequest;
import io.plateflow.jobs.ladder.SecondReader;
import java.util.concurrent.CompletableFuture;

/** Stands where Gemini would be asked. */
final class Unasked implements SecondReader {

  @Override
  public CompletableFuture<ReadAnswer> read(ReadRequest request) {
    return CompletableFuture.completedFuture(ReadAnswer.without(request, "not asked in a bench"));
  }

  @Override
  public void close() {}
}
