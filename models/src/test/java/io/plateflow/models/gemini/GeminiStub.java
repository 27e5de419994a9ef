package io.plateflow.models.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that speaks the wire form of the Gemini API: it checks what a request must have, notes
 * when it came, and answers as the test wants it. What it "reads" on a crop is up to the test.
 */
public final class GeminiStub implements AutoCloseable {

  /** How a request is answered. */
  public enum Behaviour {
    /** As the real one does. */
    GOOD,
    /** 429 with RetryInfo in the body. */
    THROTTLED,
    /** 429 with a Retry-After header. */
    THROTTLED_BY_HEADER,
    /** 503. */
    UNAVAILABLE,
    /** 503 with Retry-After: 0, which HTTP clients like to repeat by themselves. */
    UNAVAILABLE_NOW,
    /** No answer until the stub is closed. */
    HANGING,
    /** The connection is closed instead of an answer. */
    RESET,
    /** The head of an answer, then a byte now and then. */
    SLOW_BODY,
    /** The answer's text is no JSON. */
    INVALID_JSON,
    /** One item too few. */
    WRONG_COUNT,
    /** The same number on all items. */
    WRONG_INDICES,
    /** Cut off by the limit on output. */
    CUT_OFF,
    /** Nothing, for reasons of safety. */
    BLOCKED,
    /** A web page with status 200. */
    HTML,
    /** To a log-in page. */
    REDIRECT,
    /** 401. */
    UNAUTHENTICATED,
    /** 400 with API_KEY_INVALID, as the real one says that a key is wrong. */
    BAD_KEY,
    /** 403. */
    FORBIDDEN,
    /** 404, as for a model that does not exist. */
    UNKNOWN_MODEL,
    /** 400 for another reason. */
    BAD_REQUEST
  }

  /**
   * A request as it came in.
   *
   * @param millis wall clock
   */
  public record Seen(long millis, String model, String key, int crops, JsonNode body) {}

  private static final Pattern PATH =
      Pattern.compile("/v1beta/models/([A-Za-z0-9._-]+):generateContent");
  private static final int INPUT_TOKENS_PER_CROP = 290;
  private static final int OUTPUT_TOKENS_PER_CROP = 110;

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
      case GOOD -> good(exchange, items(crops, count, true).toString(), count);
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
      case WRONG_COUNT -> good(exchange, items(crops, count - 1, true).toString(), count);
      case WRONG_INDICES ->
          good(
              exchange,
              count == 1
                  ? items(crops, 1, true).toString().replace("\"image\":1", "\"image\":7")
                  : items(crops, count, false).toString(),
              count);
      case CUT_OFF -> send(exchange, 200, candidates("[{", "MAX_TOKENS", count));
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

  private ArrayNode items(List<byte[]> crops, int count, boolean numbered) {
    ArrayNode items = json.createArrayNode();
    for (int i = 0; i < count; i++) {
      ObjectNode item = items.addObject();
      item.put("image", numbered ? i + 1 : 1);
      item.put("plate_number", plateOf.apply(crops.get(i)));
      item.put("plate_date", "08/29");
      item.put("plate_text_color", "black");
      item.put("plate_background_color", "white");
      item.put("plate_icon", "none");
      item.put("plate_icon_color", "none");
      item.put("plate_blue_strip", "no");
      item.put("plate_type", "private");
      item.put("confidence_score", confidence);
    }
    return items;
  }

  private void good(HttpExchange exchange, String text, int crops) throws IOException {
    send(exchange, 200, candidates(text, "STOP", crops));
  }

  private String candidates(String text, String reason, int crops) {
    ObjectNode response = json.createObjectNode();
    ObjectNode candidate = response.putArray("candidates").addObject();
    candidate.put("finishReason", reason).put("index", 0);
    ObjectNode content = candidate.putObject("content");
    content.put("role", "model").putArray("parts").addObject().put("text", text);
    response
        .putObject("usageMetadata")
        .put("promptTokenCount", 700 + INPUT_TOKENS_PER_CROP * crops)
        .put("candidatesTokenCount", OUTPUT_TOKENS_PER_CROP * crops)
        .put("totalTokenCount", 700 + (INPUT_TOKENS_PER_CROP + OUTPUT_TOKENS_PER_CROP) * crops);
    response.put("modelVersion", "stub");
    return response.toString();
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
        closed.await(millis, java.util.concurrent.TimeUnit.MILLISECONDS);
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
