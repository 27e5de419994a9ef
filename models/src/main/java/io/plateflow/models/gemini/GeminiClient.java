package io.plateflow.models.gemini;

import com.google.genai.Client;
import com.google.genai.types.Candidate;
import com.google.genai.types.ClientOptions;
import com.google.genai.types.FinishReason;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request to the API, by the SDK, that is sent at most once. */
final class GeminiClient implements AutoCloseable {

  /** A status that nothing answers with: the SDK's own repetitions are off. */
  private static final int NO_STATUS = 599;

  private static final Logger LOG = LoggerFactory.getLogger(GeminiClient.class);

  private static final String EXAMPLE =
      """
      {"candidates": [{"content": {"parts": [{"text": "[]"}]}, "finishReason": "STOP"}],
       "usageMetadata": {"promptTokenCount": 1, "candidatesTokenCount": 1}}
      """;

  /**
   * What came back.
   *
   * @param text of the answer, null where there is a problem
   * @param problem why there is no text, else null
   * @param inputTokens as counted by the API, or -1 where it does not say
   * @param outputTokens the same, thoughts among them
   */
  record Response(
      @Nullable String text, @Nullable String problem, long inputTokens, long outputTokens) {

    boolean counted() {
      return inputTokens >= 0;
    }
  }

  private final String model;
  private final OkHttpClient http;
  private final Client sdk;
  private final SendPermits permits;

  GeminiClient(GeminiConfig config, GeminiKey key, SendPermits permits) {
    this.model = config.endpoint().model();
    this.permits = permits;
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(config.batching().maxRequests());
    dispatcher.setMaxRequestsPerHost(config.batching().maxRequests());
    this.http =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(
                new ConnectionPool(config.batching().maxRequests(), 1, TimeUnit.MINUTES))
            .callTimeout(config.timeouts().requestTimeout())
            .connectTimeout(config.timeouts().requestTimeout())
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            // Each of these would send a request again, or send the key elsewhere.
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .addNetworkInterceptor(permits)
            .build();
    HttpOptions.Builder options =
        HttpOptions.builder()
            .retryOptions(
                HttpRetryOptions.builder().attempts(1).httpStatusCodes(List.of(NO_STATUS)).build());
    if (config.endpoint().baseUrl() != null) {
      options.baseUrl(config.endpoint().baseUrl());
    }
    this.sdk =
        Client.builder()
            .apiKey(key.value())
            .vertexAI(false)
            .httpOptions(options.build())
            .clientOptions(ClientOptions.builder().customHttpClient(http).build())
            .build();
  }

  /** Has the SDK's classes loaded, which would otherwise be taken from the first request's time. */
  void prepare() {
    SendPermits.Permit unused = permits.issue(System.nanoTime());
    permits.withdraw(unused);
    String request =
        PlateQuestion.content(List.of(new byte[1])).toJson()
            + PlateQuestion.config(1, unused).toJson();
    response(GenerateContentResponse.fromJson(EXAMPLE));
    LOG.debug("Gemini is asked with requests of {} characters and the crops", request.length());
  }

  /** Fails with whatever the SDK or the network fails with. */
  CompletableFuture<Response> ask(List<byte[]> jpegs, SendPermits.Permit permit) {
    return sdk.async
        .models
        .generateContent(
            model, PlateQuestion.content(jpegs), PlateQuestion.config(jpegs.size(), permit))
        .thenApply(GeminiClient::response)
        .whenComplete((response, failure) -> permits.withdraw(permit));
  }

  private static Response response(GenerateContentResponse response) {
    GenerateContentResponseUsageMetadata usage = response.usageMetadata().orElse(null);
    String problem = problem(response);
    String text = problem == null ? response.text() : null;
    if (usage == null || usage.promptTokenCount().isEmpty()) {
      return new Response(text, problem, -1, -1);
    }
    return new Response(
        text,
        problem,
        Math.max(0, usage.promptTokenCount().get()),
        Math.max(0, usage.candidatesTokenCount().orElse(0))
            + Math.max(0, usage.thoughtsTokenCount().orElse(0)));
  }

  private static @Nullable String problem(GenerateContentResponse response) {
    List<Candidate> candidates = response.candidates().orElse(List.of());
    if (candidates.isEmpty()) {
      return "Answer: no candidate; prompt feedback: " + response.promptFeedback().orElse(null);
    }
    FinishReason reason = candidates.get(0).finishReason().orElse(null);
    if (reason != null && reason.knownEnum() != FinishReason.Known.STOP) {
      return "Answer: ended with %s, expected STOP".formatted(reason);
    }
    return response.text() == null ? "Answer: holds no text" : null;
  }

  @Override
  public void close() {
    http.dispatcher().cancelAll();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
    sdk.close();
  }
}
