package io.plateflow.api.http;

import io.plateflow.api.http.Router.Route;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests by the operations of the surfaces. */
final class OperationHandler extends Handler.Abstract {

  private static final Logger LOG = LoggerFactory.getLogger(OperationHandler.class);
  private static final String NO_OPERATION = "none";

  // A client that is still sending does not see its answer if the connection is closed on it.
  private static final long MOST_DRAINED = BodyLimits.BASE64 + BodyLimits.FILE;
  private static final Duration LONGEST_DRAINED = Duration.ofSeconds(3);

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
  private static final int MOST_STRANGERS = 2;

  private final Semaphore strangers = new Semaphore(MOST_STRANGERS);
  private final Router router;
  private final Gatekeeper gatekeeper;
  private final MemoryBudget memory;
  private final HttpMetrics metrics;

  OperationHandler(Router router, Gatekeeper gatekeeper, MemoryBudget memory, HttpMetrics metrics) {
    this.router = router;
    this.gatekeeper = gatekeeper;
    this.memory = memory;
    this.metrics = metrics;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    long start = System.nanoTime();
    String path = Request.getPathInContext(request);
    Route route = router.route(request.getMethod(), path);
    Surface surface = route == null ? router.owner(path) : route.surface();
    Operation operation = route == null ? null : route.operation();
    Answer answer;
    // Until the answer is sent: it may be as large as what was asked about.
    MemoryBudget.Lease lease = memory.lease();
    try {
      if (operation == null) {
        answer = notThere(surface, route == null ? List.of() : route.allowed());
        drain(request);
      } else {
        answer = answer(operation, request, lease);
      }
    } catch (Refusal e) {
      if (e.kind().status() >= 500) {
        // The query may hold a secret; the path does not.
        LOG.warn("{} {}: {}", request.getMethod(), path, e.text(), e.getCause());
      }
      answer = refused(surface, e);
      drain(request);
    } catch (Exception e) {
      LOG.error("{} {} failed", request.getMethod(), path, e);
      answer = refused(surface, Refusal.of(Refusal.Kind.INTERNAL, "Internal error."));
    }
    metrics.answered(
        operation == null ? NO_OPERATION : operation.name(),
        answer.status(),
        (System.nanoTime() - start) / 1e9);
    write(answer, request, response, Callback.from(callback, lease::close));
    return true;
  }

  private Answer answer(Operation operation, Request request, MemoryBudget.Lease lease)
      throws Exception {
    // A browser may remember a password, or need none; that is not for the pages of others.
    if (isOfAnotherSite(request)) {
      throw Refusal.of(Refusal.Kind.FORBIDDEN, "Pages of other sites may not use this.");
    }
    Exchange exchange = new Exchange(request, operation.path(), lease);
    try (Gatekeeper.Admission admission =
        gatekeeper.admit(operation, credential(operation, exchange))) {
      exchange.admit(admission.client());
      return operation.handling().answer(exchange);
    }
  }

  /** Browsers name the site where they trust the connection, else at least where a form stands. */
  private static boolean isOfAnotherSite(Request request) {
    String site = request.getHeaders().get("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("cross-site");
    }
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    String here = request.getHeaders().get(HttpHeader.HOST);
    return origin != null
        && !SAFE.contains(request.getMethod())
        && !origin.replaceFirst("^[^:]*://", "").equalsIgnoreCase(here);
  }

  private @Nullable String credential(Operation operation, Exchange exchange) {
    String header = exchange.header("Authorization");
    KeyField key = operation.key();
    if (header != null || key == null) {
      return header;
    }
    String told = key.ofAddress(exchange);
    if (told != null || !key.mayBeInForm(exchange)) {
      return told;
    }
    // What nobody has vouched for yet is read for few at a time.
    if (!strangers.tryAcquire()) {
      throw Refusal.later(
          Refusal.Kind.BUSY, "Too many uploads at the moment.", Duration.ofSeconds(1));
    }
    try {
      return key.ofForm(exchange);
    } finally {
      strangers.release();
    }
  }

  private static Answer notThere(Surface surface, List<String> allowed) {
    return allowed.isEmpty()
        ? surface.errors().of(Refusal.of(Refusal.Kind.NOT_FOUND, "Not found."))
        : surface
            .errors()
            .of(Refusal.of(Refusal.Kind.METHOD_NOT_ALLOWED, "Method not allowed."))
            .withHeader("Allow", String.join(", ", allowed));
  }

  static Answer refused(Surface surface, Refusal refusal) {
    Answer answer = surface.errors().of(refusal);
    Duration later = refusal.retryAfter();
    return later == null
        ? answer
        : answer.withHeader("Retry-After", Long.toString(Math.max(1, later.toSeconds())));
  }

  private static void drain(Request request) {
    if (request.getLength() == 0 || request.getHeaders().contains(HttpHeader.EXPECT)) {
      return;
    }
    long deadline = System.nanoTime() + LONGEST_DRAINED.toNanos();
    byte[] buffer = new byte[64 << 10];
    long total = 0;
    try {
      InputStream body = Content.Source.asInputStream(request);
      int read = 0;
      while (read >= 0 && total < MOST_DRAINED && System.nanoTime() < deadline) {
        read = body.read(buffer);
        total += Math.max(0, read);
      }
    } catch (IOException | IllegalStateException e) {
      LOG.debug("A client did not send what it announced", e);
    }
  }

  private static void write(Answer answer, Request request, Response response, Callback callback) {
    response.setStatus(answer.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    boolean head = request.getMethod().equals("HEAD");
    response.write(true, head ? null : ByteBuffer.wrap(answer.body()), callback);
  }
}
