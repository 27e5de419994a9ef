package io.plateflow.models.onnx;

import io.plateflow.models.ModelException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Runs a piece of work on a thread with a large stack. Loading ONNX Runtime and building a session
 * needs more native stack than the 1 MB of a Java thread leaves it on some machines, and where it
 * runs out the process dies without a word.
 */
final class RoomyThread {

  private static final long STACK_BYTES = 16L << 20;

  private RoomyThread() {}

  /** The result of the work; what it throws is thrown here. */
  static <T> T call(Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    new Thread(null, task, "open-model", STACK_BYTES).start();
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException("Interrupted while a model was opened", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new ModelException("Cannot open a model: " + e.getCause(), e.getCause());
    }
  }
}
