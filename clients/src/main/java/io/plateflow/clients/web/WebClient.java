package io.plateflow.clients.web;

import io.plateflow.clients.http.OutboundConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Asks servers whose addresses strangers give. Public servers are reached, others only where they
 * are allowed by name; nothing takes longer than its time. Thread-safe.
 */
public final class WebClient implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int MOST_REDIRECTS = 3;
  private static final int MOST_AT_ONCE = 64;

  private final Duration timeout;
  private final HostGuard guard;
  private final CloseableHttpClient client;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "web-timeout");
            thread.setDaemon(true);
            return thread;
          });

  public WebClient(OutboundConfig config) {
    this(config, TIMEOUT);
  }

  /**
   * @param timeout of a request, with all redirects
   */
  public WebClient(OutboundConfig config, Duration timeout) {
    this(config, InetAddress::getAllByName, timeout, DefaultClientTlsStrategy.createDefault());
  }

  WebClient(
      OutboundConfig config,
      HostGuard.Lookup lookup,
      Duration timeout,
      DefaultClientTlsStrategy tls) {
    this.timeout = timeout;
    this.guard = new HostGuard(config.privateHosts(), lookup, timeout);
    Timeout each = Timeout.of(timeout);
    PoolingHttpClientConnectionManager connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(guard)
            .setTlsSocketStrategy(tls)
            .setMaxConnTotal(MOST_AT_ONCE)
            .setMaxConnPerRoute(MOST_AT_ONCE)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom().setConnectTimeout(each).setSocketTimeout(each).build())
            .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(each).build())
            .build();
    this.client =
        HttpClients.custom()
            .setConnectionManager(connections)
            // The next request looks its name up anew.
            .setConnectionReuseStrategy((request, response, context) -> false)
            .setUserAgent("plateflow")
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableContentCompression()
            .disableCookieManagement()
            .disableAuthCaching()
            .build();
  }

  /** What one server says: whither else, or the body. */
  private record Said(@Nullable URI next, byte[] body) {}

  /**
   * Fetches what stands at an address; follows three redirects, each checked as the first.
   *
   * @param most bytes
   * @throws WebException where the address may not be named, or does not give that in time
   */
  public byte[] fetch(String address, long most) {
    return fetch(address, most, bytes -> {});
  }

  /**
   * The same for who must make room.
   *
   * @param room is told how many bytes there are, before they are kept; what it throws ends it
   */
  public byte[] fetch(String address, long most, LongConsumer room) {
    long deadline = System.nanoTime() + timeout.toNanos();
    URI uri = WebAddress.parse(address);
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      URI from = uri;
      Said said =
          execute(new HttpGet(uri), uri, deadline, response -> said(from, response, most, room));
      if (said.next() == null) {
        return said.body();
      }
      uri = said.next();
    }
    throw new WebException("The address leads on more than %d times.".formatted(MOST_REDIRECTS));
  }

  /**
   * Posts a body; follows no redirect and reads no answer.
   *
   * @return the status
   * @throws WebException where the address may not be named, or does not answer in time
   */
  public int post(String address, String contentType, byte[] body, Map<String, String> headers) {
    long deadline = System.nanoTime() + timeout.toNanos();
    URI uri = WebAddress.parse(address);
    HttpPost request = new HttpPost(uri);
    headers.forEach(request::setHeader);
    request.setEntity(new ByteArrayEntity(body, ContentType.parse(contentType)));
    return execute(request, uri, deadline, ClassicHttpResponse::getCode);
  }

  /**
   * Refuses an address that would not be reached now.
   *
   * @throws WebException that says why
   */
  public void check(String address) {
    String host = WebAddress.parse(address).getHost();
    try {
      guard.resolve(host);
    } catch (UnknownHostException e) {
      throw new WebException("The host '%s' has no public address.".formatted(host), e);
    }
  }

  /** What is made of a response. */
  @FunctionalInterface
  private interface Handling<T> {
    T of(ClassicHttpResponse response) throws IOException;
  }

  private <T> T execute(HttpUriRequestBase request, URI uri, long deadline, Handling<T> handling) {
    // No server may hold a connection by a byte now and then.
    ScheduledFuture<?> late =
        timer.schedule(request::cancel, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    try {
      return handling.of(client.executeOpen(HttpHost.create(uri), request, null));
    } catch (UnknownHostException e) {
      throw new WebException("The host '%s' has no public address.".formatted(uri.getHost()), e);
    } catch (IOException | CancellationException e) {
      // The latter is what one gets whose time is over before there is a connection.
      throw new WebException(
          System.nanoTime() >= deadline
              ? "The host '%s' took longer than %d ms.".formatted(uri.getHost(), timeout.toMillis())
              : "The host '%s' cannot be reached, or breaks off.".formatted(uri.getHost()),
          e);
    } finally {
      late.cancel(false);
      // Ends the connection as it is: closing the response would read all that still comes.
      request.cancel();
    }
  }

  private static Said said(URI from, ClassicHttpResponse response, long most, LongConsumer room)
      throws IOException {
    int status = response.getCode();
    return switch (status) {
      case 301, 302, 303, 307, 308 -> {
        Header location = response.getFirstHeader(HttpHeaders.LOCATION);
        yield new Said(
            WebAddress.redirected(from, location == null ? null : location.getValue()),
            new byte[0]);
      }
      case 200 -> {
        HttpEntity entity = response.getEntity();
        yield new Said(null, entity == null ? new byte[0] : body(entity, most, room));
      }
      default ->
          throw new WebException(
              "The host '%s' answered with status %d, expected 200."
                  .formatted(from.getHost(), status));
    };
  }

  private static byte[] body(HttpEntity entity, long most, LongConsumer room) throws IOException {
    if (entity.getContentLength() > most) {
      throw tooLarge(most);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[64 << 10];
    InputStream body = entity.getContent();
    for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
      if (all.size() + read > most) {
        throw tooLarge(most);
      }
      room.accept(all.size() + read);
      all.write(buffer, 0, read);
    }
    return all.toByteArray();
  }

  private static WebException tooLarge(long most) {
    return new WebException("What stands there has more than %d bytes.".formatted(most));
  }

  @Override
  public void close() {
    timer.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
    guard.close();
  }
}
