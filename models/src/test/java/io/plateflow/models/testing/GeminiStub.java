package io.plateflow.models.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;

/**
 * A server that stands in for the Gemini API in tests. It checks what a request must have, notes
 * when it came, and answers as it is configured, badly if need be. What it "reads" on a crop is up
 * to the test.
 */
public final class GeminiStub implements AutoCloseable {

  /**
   * A request as it came in.
   *
   * @param millis wall clock
   */
  public record Seen(long millis, String model, String key, int crops, JsonNode body) {}

  private static final Pattern PATH =
      Pattern.compile("/v1beta/models/([A-Za-z0-9._-]+):generateContent");

  /** Held here, since the logging of the JDK forgets the level of a logger that nobody holds. */
  private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

  private final ObjectMapper json = new ObjectMapper();
  private final MockWebServer server = new MockWebServer();
  private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
  private volatile IntFunction<GeminiBehaviour> behaviour = number -> GeminiBehaviour.GOOD;
  private volatile Function<byte[], String> plateOf = jpeg -> "B 1234 CD";
  private volatile double confidence = 0.97;
  private volatile String retryDelay = "0.2";
  private int number;

  private GeminiStub() {}

  public static GeminiStub start() throws IOException {
    SERVER_LOG.setLevel(Level.SEVERE);
    GeminiStub stub = new GeminiStub();
    stub.server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return stub.answer(request);
          }
        });
    stub.server.start(InetAddress.getLoopbackAddress(), 0);
    return stub;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /** All requests alike. */
  public GeminiStub answering(GeminiBehaviour all) {
    behaviour = requestNumber -> all;
    return this;
  }

  /**
   * @param byNumber of the request, from 0
   */
  public GeminiStub answering(IntFunction<GeminiBehaviour> byNumber) {
    behaviour = byNumber;
    return this;
  }

  /**
   * @param reading from a crop to its {@code plate_number}
   */
  public GeminiStub reading(Function<byte[], String> reading) {
    plateOf = reading;
    return this;
  }

  public GeminiStub withConfidence(double score) {
    confidence = score;
    return this;
  }

  /**
   * @param seconds of RetryInfo, as the API writes them: {@code 17} or {@code 0.5}
   */
  public GeminiStub withRetryDelay(String seconds) {
    retryDelay = seconds;
    return this;
  }

  /** Every request that came in, in their order. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** The most requests that came in during any window of that length. */
  public static int mostInWindow(List<Long> millis, long windowMillis) {
    List<Long> sorted = millis.stream().sorted().toList();
    int most = 0;
    int from = 0;
    for (int to = 0; to < sorted.size(); to++) {
      while (sorted.get(to) - sorted.get(from) > windowMillis) {
        from++;
      }
      most = Math.max(most, to - from + 1);
    }
    return most;
  }

  private MockResponse answer(RecordedRequest recorded) {
    long millis = System.currentTimeMillis();
    Matcher path = PATH.matcher(recorded.getRequestUrl().encodedPath());
    String key = recorded.getHeader("x-goog-api-key");
    JsonNode request = json(recorded);
    List<byte[]> crops = crops(request);
    GeminiBehaviour how;
    synchronized (this) {
      how = behaviour.apply(number++);
      seen.add(new Seen(millis, path.matches() ? path.group(1) : "", key, crops.size(), request));
    }
    String problem = problem(recorded, path, key, request, crops);
    return problem == null ? answer(how, crops) : error(400, "INVALID_ARGUMENT", problem, "");
  }

  private JsonNode json(RecordedRequest recorded) {
    try {
      return json.readTree(recorded.getBody().readUtf8());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<byte[]> crops(JsonNode request) {
    List<byte[]> crops = new ArrayList<>();
    for (JsonNode part : request.path("contents").path(0).path("parts")) {
      String data = part.path("inlineData").path("data").asText("");
      if (!data.isEmpty()) {
        crops.add(Base64.getDecoder().decode(data.replace('-', '+').replace('_', '/')));
      }
    }
    return crops;
  }

  /** What the real API would turn down. */
  private static String problem(
      RecordedRequest recorded, Matcher path, String key, JsonNode request, List<byte[]> crops) {
    JsonNode config = request.path("generationConfig");
    if (!"POST".equals(recorded.getMethod()) || !path.matches()) {
      return "no such method: " + recorded.getPath();
    }
    if (key == null || key.isBlank()) {
      return "no key";
    }
    if (crops.isEmpty()) {
      return "no crops";
    }
    if (recorded.getHeader("X-Plateflow-Permit") != null) {
      return "a header that is nobody's business";
    }
    if (!config.path("mediaResolution").asText().equals("MEDIA_RESOLUTION_LOW")
        || !config.path("responseMimeType").asText().equals("application/json")
        || config.path("responseSchema").path("items").path("properties").size() != 10) {
      return "config: " + config;
    }
    return null;
  }

  private MockResponse answer(GeminiBehaviour how, List<byte[]> crops) {
    int count = crops.size();
    return switch (how) {
      case GOOD -> good(items(crops, true), count);
      case THROTTLED ->
          error(
              429,
              "RESOURCE_EXHAUSTED",
              "You exceeded your current quota, please check your plan and billing details.",
              ",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"%ss\"}]"
                  .formatted(retryDelay));
      case THROTTLED_BY_HEADER ->
          error(429, "RESOURCE_EXHAUSTED", "Quota exceeded.", "")
              .setHeader("Retry-After", retryDelay);
      case UNAVAILABLE -> error(503, "UNAVAILABLE", "The model is overloaded.", "");
      case UNAVAILABLE_NOW ->
          error(503, "UNAVAILABLE", "The model is overloaded.", "").setHeader("Retry-After", "0");
      case HANGING -> new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE);
      case RESET -> new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST);
      case SLOW_BODY -> body(200, " ".repeat(100_000)).throttleBody(1, 50, TimeUnit.MILLISECONDS);
      case INVALID_JSON -> good("[{\"image\": 1, \"plate_number\": \"B 12", count);
      case WRONG_COUNT -> good(items(crops.subList(0, count - 1), true), count);
      case WRONG_INDICES ->
          good(
              count == 1
                  ? items(crops, true).replace("\"image\":1", "\"image\":7")
                  : items(crops, false),
              count);
      case CUT_OFF -> body(200, GeminiStubAnswers.candidates("[{", "MAX_TOKENS", count));
      case BLOCKED -> body(200, "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}");
      case HTML ->
          body(200, "<!DOCTYPE html><html><body>Please log in</body></html>")
              .setHeader("Content-Type", "text/html");
      case REDIRECT -> body(302, "").setHeader("Location", url() + "/login");
      case UNAUTHENTICATED -> error(401, "UNAUTHENTICATED", "No valid credential.", "");
      case BAD_KEY ->
          error(
              400,
              "INVALID_ARGUMENT",
              "API key not valid. Please pass a valid API key.",
              ",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"API_KEY_INVALID\"}]");
      case FORBIDDEN -> error(403, "PERMISSION_DENIED", "The key was reported as leaked.", "");
      case UNKNOWN_MODEL ->
          error(404, "NOT_FOUND", "models/nothing is not found for API version v1beta", "");
      case BAD_REQUEST -> error(400, "INVALID_ARGUMENT", "Unable to process input image.", "");
    };
  }

  private String items(List<byte[]> crops, boolean numbered) {
    return GeminiStubAnswers.items(crops.stream().map(plateOf).toList(), confidence, numbered)
        .toString();
  }

  private static MockResponse good(String text, int crops) {
    return body(200, GeminiStubAnswers.candidates(text, "STOP", crops));
  }

  private static MockResponse error(int code, String status, String message, String details) {
    return body(
        code,
        "{\"error\":{\"code\":%d,\"message\":\"%s\",\"status\":\"%s\"%s}}"
            .formatted(code, message, status, details));
  }

  private static MockResponse body(int code, String text) {
    return new MockResponse()
        .setResponseCode(code)
        .setHeader("Content-Type", "application/json")
        .setBody(text);
  }

  @Override
  public void close() {
    try {
      server.shutdown();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
