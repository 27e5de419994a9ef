package io.plateflow.models.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.errors.ClientException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class RequestFailureTest {

  private static final GeminiKey KEY = GeminiKey.of("a-key");

  @Test
  void refusalWithoutAMessageIsABadRequest() {
    RequestFailure failure =
        RequestFailure.of(
            new CompletionException(new ClientException(400, "INVALID_ARGUMENT", null)),
            new SendPermits().issue(0),
            KEY);

    assertThat(failure.kind()).isEqualTo(FailureKind.BAD_REQUEST);
    assertThat(failure.pause()).isNull();
  }
}
