package io.plateflow.jobs.reading;

import io.plateflow.jobs.pass.ReadAnswer;
import io.plateflow.jobs.pass.ReadRequest;
import java.io.Serializable;
import java.util.concurrent.CompletableFuture;

/** A slow remote reader of plates, such as Gemini. */
public interface SecondReader extends AutoCloseable {

  /** Completes within its own deadline, and never exceptionally. */
  CompletableFuture<ReadAnswer> read(ReadRequest request);

  @Override
  void close();

  /** Opens the reader of this process when an operator starts. */
  @FunctionalInterface
  interface Factory extends Serializable {
    SecondReader open();
  }
}
