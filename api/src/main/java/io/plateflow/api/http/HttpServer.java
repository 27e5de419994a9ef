package io.plateflow.api.http;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.http.HttpConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Serves the operations of the surfaces; requests that have begun are answered before it ends. */
public final class HttpServer implements AutoCloseable {

  private static final int THREADS = 100;
  private static final int HEADERS = 16 << 10;
  private static final int ACCEPTED = 256;
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(15);
  private static final Duration WAIT_FOR_MEMORY = Duration.ofSeconds(5);

  /** Bytes a second, below which a client only holds a connection. */
  private static final long SLOWEST = 1 << 10;

  private final Server server;
  private final ServerConnector connector;
  private final String host;

  private HttpServer(Server server, ServerConnector connector, String host) {
    this.server = server;
    this.connector = connector;
    this.host = host;
  }

  /**
   * Starts it; returns when it takes requests.
   *
   * @param surfaces the first is the one of paths that no other owns
   * @throws ClientException where nobody may listen there
   */
  public static HttpServer start(
      HttpConfig config, List<Surface> surfaces, Gatekeeper gatekeeper, HttpMetrics metrics) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
    threads.setName("http");
    threads.setDaemon(true);
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADERS);
    http.setMinRequestDataRate(SLOWEST);
    // Else a credential that differs in case alone is taken for the one before it.
    http.setHeaderCacheCaseSensitive(true);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(config.bind());
    connector.setPort(config.port());
    connector.setIdleTimeout(IDLE.toMillis());
    connector.setAcceptQueueSize(ACCEPTED);
    server.addConnector(connector);
    Router router = new Router(surfaces);
    server.setErrorHandler(new SurfaceErrors(router));
    MemoryBudget memory = new MemoryBudget(Runtime.getRuntime().maxMemory() / 5, WAIT_FOR_MEMORY);
    server.setHandler(
        new GracefulHandler(new OperationHandler(router, gatekeeper, memory, metrics)));
    server.setStopTimeout(STOP_WITHIN.toMillis());
    try {
      server.start();
    } catch (Exception e) {
      stop(server);
      throw new ClientException(
          "Cannot serve HTTP: http.bind=%s http.port=%d: %s"
              .formatted(config.bind(), config.port(), e.getMessage()),
          e);
    }
    return new HttpServer(server, connector, config.bind());
  }

  /** Where this machine reaches it, such as {@code http://127.0.0.1:8080}. */
  public String address() {
    String name = host;
    try {
      InetAddress bound = InetAddress.getByName(host);
      if (bound.isAnyLocalAddress()) {
        name = "127.0.0.1";
      }
    } catch (UnknownHostException e) {
      throw new IllegalStateException("It listens there", e);
    }
    return "http://%s:%d".formatted(name.contains(":") ? "[" + name + "]" : name, port());
  }

  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    stop(server);
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new ClientException("The HTTP server does not stop", e);
    }
  }
}
