package io.plateflow.jobs.reading;

import io.plateflow.jobs.pass.ReadAnswer;
import io.plateflow.jobs.pass.ReadRequest;
import io.plateflow.models.gemini.GeminiAnswer;
import io.plateflow.models.gemini.GeminiConfig;
import io.plateflow.models.gemini.GeminiRecognizer;
import io.plateflow.models.gemini.RequestBudget;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Gemini as the second reader; one client is shared by the process. */
public final class GeminiSecondReader implements SecondReader {

  private final GeminiRecognizer reader;

  private GeminiSecondReader(GeminiRecognizer reader) {
    this.reader = reader;
  }

  /**
   * @param budget opened by the first operator of this process only
   */
  public static GeminiSecondReader open(GeminiConfig config, Supplier<RequestBudget> budget) {
    return new GeminiSecondReader(GeminiRecognizer.shared(config, budget));
  }

  @Override
  public CompletableFuture<ReadAnswer> read(ReadRequest request) {
    return reader.recognize(request.crop()).thenApply(answer -> answer(request, answer));
  }

  private static ReadAnswer answer(ReadRequest request, GeminiAnswer answer) {
    return switch (answer.outcome()) {
      // That it cannot be read is an answer too.
      case READ, UNREADABLE ->
          new ReadAnswer(
              request.passId(),
              request.cameraId(),
              request.mode(),
              answer.read(),
              answer.attributes(),
              null);
      case FAILED, OVER_BUDGET, BREAKER_OPEN, TIMED_OUT, NO_KEY ->
          ReadAnswer.without(request, answer.outcome() + " " + answer.detail());
    };
  }

  @Override
  public void close() {
    reader.close();
  }
}
