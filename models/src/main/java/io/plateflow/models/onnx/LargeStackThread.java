package io.plateflow.models.onnx;

import io.plateflow.models.ModelException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Runs a piece of work on a thread with a large stack. ONNX Runtime 1.29 matches regular
 * expressions over the process's command line when its environment is made, for its telemetry; from
 * about 4 kB of class path on that overruns the 1 MB stack of a Java thread, and the process dies
 * without a word.
 */
final class LargeStackThread {

  private static final long STACK_BYTES = 16L << 20;

  private LargeStackThread() {}

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
