package io.plateflow.clients.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.clients.http.OutboundConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebClientITCase {

  private static final String NAME = "pictures.example";
  private static final Duration QUICK = Duration.ofSeconds(1);

  private final MockWebServer server = new MockWebServer();
  private final AtomicInteger lookups = new AtomicInteger();

  @BeforeEach
  void start() throws IOException {
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void aPrivateHostThatIsAllowedByNameIsReached() throws InterruptedException {
    server.enqueue(new MockResponse().setBody("a picture"));

    try (WebClient client = allowing(NAME.toUpperCase(Locale.ROOT))) {
      assertThat(client.fetch(address("/a?b=c"), 9)).asString().isEqualTo("a picture");
    }

    RecordedRequest request = server.takeRequest();
    assertThat(request.getPath()).isEqualTo("/a?b=c");
    assertThat(request.getHeader("Host")).isEqualTo(NAME + ":" + server.getPort());
    assertThat(lookups).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", NAME})
  void otherPrivateHostsAreNot(String host) {
    try (WebClient client = allowing("other.example")) {
      assertThatThrownBy(() -> client.fetch(at(host, "/"), 100))
          .isInstanceOf(WebException.class)
          .hasMessage("The host '%s' has no public address.".formatted(host));
    }
    assertThat(server.getRequestCount()).isZero();
  }

  /** Who asks does not learn which names a private network knows. */
  @Test
  void anUnknownHostIsRefusedLikeAPrivateOne() {
    try (WebClient client = allowing()) {
      assertThatThrownBy(() -> client.fetch("http://nobody.example/", 100))
          .isInstanceOf(WebException.class)
          .hasMessage("The host 'nobody.example' has no public address.");
    }
  }

  @Test
  void everyAddressOfANameMustBePublic() {
    HostGuard.Lookup both = host -> new InetAddress[] {ip("8.8.8.8"), ip("127.0.0.1")};

    try (WebClient client = client(both, QUICK)) {
      assertThatThrownBy(() -> client.fetch(address("/"), 100))
          .hasMessage("The host '%s' has no public address.".formatted(NAME));
    }
    assertThat(server.getRequestCount()).isZero();
  }

  /** A name server that answers otherwise each time gains nothing: it is asked once. */
  @Test
  void aNameThatChangesIsConnectedToWhereItWasChecked() {
    HostGuard.Lookup changing =
        host -> new InetAddress[] {ip(lookups.incrementAndGet() == 1 ? "127.0.0.2" : "127.0.0.1")};

    try (WebClient client = client(changing, QUICK, NAME)) {
      assertThatThrownBy(() -> client.fetch(address("/"), 100)).isInstanceOf(WebException.class);
    }
    assertThat(lookups).hasValue(1);
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void redirectsAreFollowedThreeTimes() {
    for (int i = 0; i < 3; i++) {
      server.enqueue(new MockResponse().setResponseCode(302).setHeader("Location", "/" + i));
    }
    server.enqueue(new MockResponse().setBody("there"));

    try (WebClient client = allowing(NAME)) {
      assertThat(client.fetch(address("/"), 100)).asString().isEqualTo("there");

      for (int i = 0; i < 4; i++) {
        server.enqueue(new MockResponse().setResponseCode(307).setHeader("Location", "/" + i));
      }
      assertThatThrownBy(() -> client.fetch(address("/"), 100))
          .hasMessage("The address leads on more than 3 times.");
    }
    assertThat(server.getRequestCount()).isEqualTo(8);
    assertThat(lookups).as("each is looked up anew").hasValue(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:%d/", "http://localhost:%d/", "file:///etc/passwd"})
  void aRedirectIsCheckedLikeTheFirstAddress(String location) {
    server.enqueue(
        new MockResponse()
            .setResponseCode(301)
            .setHeader("Location", location.formatted(server.getPort())));
    server.enqueue(new MockResponse().setBody("secret"));

    try (WebClient client = allowing(NAME)) {
      assertThatThrownBy(() -> client.fetch(address("/"), 100)).isInstanceOf(WebException.class);
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void onlyAnAnswerWithABodyIsOne() {
    server.enqueue(new MockResponse().setResponseCode(404).setBody("no secret of the inside"));

    try (WebClient client = allowing(NAME)) {
      assertThatThrownBy(() -> client.fetch(address("/"), 100))
          .hasMessage("The host '%s' answered with status 404, expected 200.".formatted(NAME));
    }
  }

  @Test
  void anAnnouncedBodyThatIsTooLargeIsNotRead() {
    server.enqueue(new MockResponse().setBody("x".repeat(101)));

    try (WebClient client = allowing(NAME)) {
      assertThatThrownBy(() -> client.fetch(address("/"), 100))
          .hasMessage("What stands there has more than 100 bytes.");
    }
  }

  @Test
  void aBodyWithoutEndIsCut() throws IOException {
    AtomicLong sent = new AtomicLong();
    try (RawServer endless =
            new RawServer(
                out -> {
                  out.write(ascii("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
                  byte[] chunk = ascii("1000\r\n" + "x".repeat(0x1000) + "\r\n");
                  while (true) {
                    out.write(chunk);
                    sent.addAndGet(chunk.length);
                  }
                });
        WebClient client = allowing(NAME)) {
      assertThatThrownBy(
              () -> client.fetch("http://%s:%d/".formatted(NAME, endless.port()), 1 << 20))
          .hasMessage("What stands there has more than 1048576 bytes.");
      // The kernel's buffers take some of it, too.
      assertThat(sent.get()).isLessThan(64L << 20);
    }
  }

  @Test
  void aBodyByDropsTakesNoLongerThanItsTime() throws IOException {
    try (RawServer slow =
            new RawServer(
                out -> {
                  out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"));
                  while (true) {
                    out.write('x');
                    out.flush();
                    Thread.sleep(50);
                  }
                });
        WebClient client = client(this::loopback, QUICK, NAME)) {
      long start = System.nanoTime();
      assertThatThrownBy(() -> client.fetch("http://%s:%d/".formatted(NAME, slow.port()), 1 << 20))
          .hasMessage("The host '%s' took longer than 1000 ms.".formatted(NAME));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void headersWithoutEndTakeNoLongerThanTheirTime() throws IOException {
    try (RawServer slow =
            new RawServer(
                out -> {
                  out.write(ascii("HTTP/1.1 200 OK\r\n"));
                  while (true) {
                    out.write(ascii("X: y\r\n"));
                    out.flush();
                    Thread.sleep(50);
                  }
                });
        WebClient client = client(this::loopback, QUICK, NAME)) {
      assertThatThrownBy(() -> client.fetch("http://%s:%d/".formatted(NAME, slow.port()), 1 << 20))
          .isInstanceOf(WebException.class);
    }
  }

  @Test
  void aServerThatBreaksOffIsTold() throws IOException {
    try (RawServer broken =
            new RawServer(
                out -> out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")));
        WebClient client = allowing(NAME)) {
      assertThatThrownBy(() -> client.fetch("http://%s:%d/".formatted(NAME, broken.port()), 100))
          .hasMessage("The host '%s' cannot be reached, or breaks off.".formatted(NAME));
    }
  }

  @Test
  void aNameServerThatHangsIsNotWaitedFor() {
    HostGuard.Lookup hanging =
        host -> {
          try {
            Thread.sleep(60_000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new UnknownHostException(host);
        };

    try (WebClient client = client(hanging, QUICK)) {
      assertThatThrownBy(() -> client.fetch(address("/"), 100)).isInstanceOf(WebException.class);
    }
  }

  /** The connection goes to an address, and yet the certificate must be the name's. */
  @Test
  void overTlsTheNameIsChecked() throws IOException {
    HeldCertificate held = new HeldCertificate.Builder().addSubjectAlternativeName(NAME).build();
    HandshakeCertificates keys = new HandshakeCertificates.Builder().heldCertificate(held).build();
    HandshakeCertificates trust =
        new HandshakeCertificates.Builder().addTrustedCertificate(held.certificate()).build();
    try (MockWebServer secure = new MockWebServer();
        WebClient client =
            new WebClient(
                new OutboundConfig(List.of(NAME, "other.example")),
                this::loopback,
                Duration.ofSeconds(5),
                new DefaultClientTlsStrategy(trust.sslContext()));
        WebClient distrustful = allowing(NAME)) {
      secure.useHttps(keys.sslSocketFactory(), false);
      secure.start(InetAddress.getLoopbackAddress(), 0);
      secure.enqueue(new MockResponse().setBody("sealed"));

      assertThat(client.fetch("https://%s:%d/".formatted(NAME, secure.getPort()), 100))
          .asString()
          .isEqualTo("sealed");
      assertThatThrownBy(
              () -> client.fetch("https://other.example:%d/".formatted(secure.getPort()), 100))
          .isInstanceOf(WebException.class);
      assertThatThrownBy(
              () -> distrustful.fetch("https://%s:%d/".formatted(NAME, secure.getPort()), 100))
          .isInstanceOf(WebException.class);
      assertThat(secure.getRequestCount()).isEqualTo(1);
    }
  }

  private String address(String path) {
    return at(NAME, path);
  }

  private String at(String host, String path) {
    return "http://%s:%d%s".formatted(host, server.getPort(), path);
  }

  private WebClient allowing(String... privateHosts) {
    return client(this::loopback, Duration.ofSeconds(5), privateHosts);
  }

  private static WebClient client(
      HostGuard.Lookup lookup, Duration timeout, String... privateHosts) {
    return new WebClient(
        new OutboundConfig(List.of(privateHosts)),
        lookup,
        timeout,
        DefaultClientTlsStrategy.createDefault());
  }

  private InetAddress[] loopback(String host) throws UnknownHostException {
    lookups.incrementAndGet();
    if (host.startsWith("nobody")) {
      throw new UnknownHostException(host);
    }
    return host.endsWith(".example")
        ? new InetAddress[] {ip("127.0.0.1")}
        : InetAddress.getAllByName(host);
  }

  private static InetAddress ip(String text) throws UnknownHostException {
    return InetAddress.getByName(text);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Says what it wants to one client, whatever that asks. */
  private static final class RawServer implements AutoCloseable {

    interface Speech {
      void to(OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket socket;

    RawServer(Speech speech) throws IOException {
      socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      Thread thread =
          new Thread(
              () -> {
                try (Socket client = socket.accept()) {
                  client.getInputStream().read(new byte[8192]);
                  speech.to(client.getOutputStream());
                } catch (IOException | InterruptedException e) {
                  // The client left, or the test is over.
                  return;
                }
              },
              "raw-server");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
