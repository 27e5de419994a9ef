package io.plateflow.models.gemini.stub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stand-in for the Gemini API, for tests and for trying things out without a key. It speaks the
 * wire form over HTTP, checks what a request must have, notes when it came, and answers as it is
 * told to, badly if need be. What it "reads" on a crop is up to the caller.
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

  private final ObjectMapper json = new ObjectMapper();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile IntFunction<Behaviour> behaviour = number -> Behaviour.GOOD;
  private volatile Function<byte[], String> plateOf = jpeg -> "B 1234 CD";
  private volatile double confidence = 0.97;
  private volatile String retryDelay = "0.2";
  private volatile long latencyMillis;
  private int number;

  private GeminiStub(HttpServer server) {
    this.server = server;
  }

  public static GeminiStub start() throws IOException {
    return start(0);
  }

  /**
   * @param port 0 means any
   */
  public static GeminiStub start(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
    GeminiStub stub = new GeminiStub(server);
    server.createContext("/", stub::handle);
    server.setExecutor(stub.threads);
    server.start();
    return stub;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** All requests alike. */
  public GeminiStub answering(Behaviour all) {
    behaviour = requestNumber -> all;
    return this;
  }

  /**
   * @param byNumber of the request, from 0
   */
  public GeminiStub answering(IntFunction<Behaviour> byNumber) {
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

  public GeminiStub withLatency(long millis) {
    latencyMillis = millis;
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

  private void handle(HttpExchange exchange) throws IOException {
    long millis = System.currentTimeMillis();
    byte[] body = exchange.getRequestBody().readAllBytes();
    Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
    String key = exchange.getRequestHeaders().getFirst("x-goog-api-key");
    JsonNode request = json.readTree(body);
    List<byte[]> crops = crops(request);
    Behaviour how;
    synchronized (this) {
      how = behaviour.apply(number++);
      seen.add(new Seen(millis, path.matches() ? path.group(1) : "", key, crops.size(), request));
    }
    String problem = problem(exchange, path, key, request, crops);
    if (problem != null) {
      error(exchange, 400, "INVALID_ARGUMENT", problem, "");
      return;
    }
    answer(exchange, how, crops);
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
      HttpExchange exchange, Matcher path, String key, JsonNode request, List<byte[]> crops) {
    JsonNode config = request.path("generationConfig");
    if (!exchange.getRequestMethod().equals("POST") || !path.matches()) {
      return "no such method: " + exchange.getRequestURI();
    }
    if (key == null || key.isBlank()) {
      return "no key";
    }
    if (crops.isEmpty()) {
      return "no crops";
    }
    if (exchange.getRequestHeaders().containsKey("X-Plateflow-Permit")) {
      return "a header that is nobody's business";
    }
    if (!config.path("mediaResolution").asText().equals("MEDIA_RESOLUTION_LOW")
        || !config.path("responseMimeType").asText().equals("application/json")
        || config.path("responseSchema").path("items").path("properties").size() != 10) {
      return "config: " + config;
    }
    return null;
  }

  private void answer(HttpExchange exchange, Behaviour how, List<byte[]> crops) throws IOException {
    sleep(latencyMillis);
    int count = crops.size();
    switch (how) {
      case GOOD -> good(exchange, items(crops, true), count);
      case THROTTLED ->
          error(
              exchange,
              429,
              "RESOURCE_EXHAUSTED",
              "You exceeded your current quota, please check your plan and billing details.",
              ",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"%ss\"}]"
                  .formatted(retryDelay));
      case THROTTLED_BY_HEADER -> {
        exchange.getResponseHeaders().set("Retry-After", retryDelay);
        error(exchange, 429, "RESOURCE_EXHAUSTED", "Quota exceeded.", "");
      }
      case UNAVAILABLE -> error(exchange, 503, "UNAVAILABLE", "The model is overloaded.", "");
      case UNAVAILABLE_NOW -> {
        exchange.getResponseHeaders().set("Retry-After", "0");
        error(exchange, 503, "UNAVAILABLE", "The model is overloaded.", "");
      }
      case HANGING -> {
        sleep(Long.MAX_VALUE);
        exchange.close();
      }
      case RESET -> exchange.close();
      case SLOW_BODY -> slowly(exchange);
      case INVALID_JSON -> good(exchange, "[{\"image\": 1, \"plate_number\": \"B 12", count);
      case WRONG_COUNT -> good(exchange, items(crops.subList(0, count - 1), true), count);
      case WRONG_INDICES ->
          good(
              exchange,
              count == 1
                  ? items(crops, true).replace("\"image\":1", "\"image\":7")
                  : items(crops, false),
              count);
      case CUT_OFF -> send(exchange, 200, StubAnswers.candidates("[{", "MAX_TOKENS", count));
      case BLOCKED -> send(exchange, 200, "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}");
      case HTML -> {
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        send(exchange, 200, "<!DOCTYPE html><html><body>Please log in</body></html>");
      }
      case REDIRECT -> {
        exchange.getResponseHeaders().set("Location", url() + "/login");
        send(exchange, 302, "");
      }
      case UNAUTHENTICATED -> error(exchange, 401, "UNAUTHENTICATED", "No valid credential.", "");
      case BAD_KEY ->
          error(
              exchange,
              400,
              "INVALID_ARGUMENT",
              "API key not valid. Please pass a valid API key.",
              ",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"API_KEY_INVALID\"}]");
      case FORBIDDEN ->
          error(exchange, 403, "PERMISSION_DENIED", "The key was reported as leaked.", "");
      case UNKNOWN_MODEL ->
          error(
              exchange, 404, "NOT_FOUND", "models/nothing is not found for API version v1beta", "");
      case BAD_REQUEST ->
          error(exchange, 400, "INVALID_ARGUMENT", "Unable to process input image.", "");
    }
  }

  private String items(List<byte[]> crops, boolean numbered) {
    return StubAnswers.items(crops.stream().map(plateOf).toList(), confidence, numbered).toString();
  }

  private void good(HttpExchange exchange, String text, int crops) throws IOException {
    send(exchange, 200, StubAnswers.candidates(text, "STOP", crops));
  }

  private static void error(
      HttpExchange exchange, int code, String status, String message, String details)
      throws IOException {
    send(
        exchange,
        code,
        "{\"error\":{\"code\":%d,\"message\":\"%s\",\"status\":\"%s\"%s}}"
            .formatted(code, message, status, details));
  }

  private static void send(HttpExchange exchange, int code, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/json"));
    exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private void slowly(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 100_000);
    try (OutputStream out = exchange.getResponseBody()) {
      while (closed.getCount() > 0) {
        out.write(' ');
        out.flush();
        sleep(50);
      }
    }
  }

  private void sleep(long millis) {
    try {
      if (millis > 0) {
        closed.await(millis, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
