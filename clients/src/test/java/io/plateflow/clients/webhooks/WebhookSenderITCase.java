package io.plateflow.clients.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.http.OutboundConfig;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.postgres.PostgresPool;
import io.plateflow.clients.testing.EmbeddedServices;
import io.plateflow.clients.web.WebClient;
import io.plateflow.clients.webhooks.WebhookOutbox.Delivery;
import io.plateflow.clients.webhooks.WebhookOutbox.Leased;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
class WebhookSenderITCase {

  private static final String SECRET = "a shared secret";
  private static final String EVENT = "image.done";

  private final MockWebServer receiver = new MockWebServer();
  private final WebClient web =
      new WebClient(new OutboundConfig(List.of("127.0.0.1")), Duration.ofSeconds(1));
  private final List<WebhookSender> senders = new ArrayList<>();
  private PostgresPool postgres;
  private WebhookOutbox outbox;

  @BeforeEach
  void start(PostgresConfig config) throws IOException {
    receiver.start(InetAddress.getByName("127.0.0.1"), 0);
    postgres = new PostgresPool(config, "webhooks", 4, Duration.ofSeconds(5));
    outbox = new WebhookOutbox(postgres);
  }

  @AfterEach
  void stop() throws IOException {
    senders.forEach(WebhookSender::close);
    web.close();
    postgres.close();
    receiver.close();
  }

  private long webhook(String path) {
    return webhookAt("http://127.0.0.1:%d%s".formatted(receiver.getPort(), path));
  }

  private long webhookAt(String target) {
    return outbox.add(new NewWebhook(target, false, List.of(EVENT), SECRET, "Bearer key"));
  }

  private void put(long webhook, String... bodies) {
    for (String body : bodies) {
      outbox.put(
          List.of(
              new Message(
                  webhook, EVENT, "application/json", body.getBytes(StandardCharsets.UTF_8))));
    }
  }

  private WebhookSender sender() {
    WebhookSender sender =
        new WebhookSender(outbox, web, Clock.systemUTC(), Duration.ofMillis(100));
    senders.add(sender);
    return sender;
  }

  private RecordedRequest received() throws InterruptedException {
    RecordedRequest request = receiver.takeRequest(20, TimeUnit.SECONDS);
    assertThat(request).as("a request").isNotNull();
    return request;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private Webhook shown(long id) {
    return outbox.webhook(id).orElseThrow();
  }

  @Test
  void theTargetIsToldOnceAndMayCheckWhoTellsIt() throws Exception {
    receiver.enqueue(new MockResponse().setResponseCode(204));
    long id = webhook("/hook");
    put(id, "{\"plate\": \"b1876kjr\"}");

    sender();

    RecordedRequest request = received();
    assertThat(request.getMethod()).isEqualTo("POST");
    assertThat(request.getPath()).isEqualTo("/hook");
    assertThat(request.getHeader("Content-Type")).isEqualTo("application/json");
    assertThat(request.getHeader("Authorization")).isEqualTo("Bearer key");
    byte[] body = request.getBody().readByteArray();
    assertThat(new String(body, StandardCharsets.UTF_8)).isEqualTo("{\"plate\": \"b1876kjr\"}");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    assertThat(request.getHeader(WebhookSender.SIGNATURE))
        .isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(body)));
    await(() -> shown(id).waiting() == 0);
    assertThat(shown(id).failingSince()).isNull();
    assertThat(receiver.getRequestCount()).isEqualTo(1);
  }

  @Test
  void aTargetThatFailsGetsTheSameBytesAgainInOrder() throws Exception {
    receiver.enqueue(new MockResponse().setResponseCode(500));
    receiver.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
    receiver.enqueue(new MockResponse().setResponseCode(302).setHeader("Location", "/elsewhere"));
    receiver.enqueue(new MockResponse());
    receiver.enqueue(new MockResponse());
    long id = webhook("/");
    put(id, "first", "second");

    sender();

    List<String> bodies = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      RecordedRequest request = received();
      assertThat(request.getPath()).as("redirects are not followed").isEqualTo("/");
      bodies.add(request.getBody().readUtf8());
      ids.add(request.getHeader(WebhookSender.DELIVERY));
    }
    assertThat(bodies).containsExactly("first", "first", "first", "first", "second");
    assertThat(ids.stream().distinct()).hasSize(2);
    await(() -> shown(id).waiting() == 0);
    assertThat(shown(id).failingSince()).isNull();
  }

  @Test
  void aTargetThatNeverAnswersShowsAsFailingAndResumesAndHoldsUpNoOther() throws Exception {
    receiver.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    long silent = webhook("/silent");
    put(silent, "unheard");
    sender();
    received();
    await(() -> shown(silent).failingSince() != null);
    assertThat(shown(silent).lastError()).contains("took longer than 1000 ms");
    assertThat(shown(silent).waiting()).isEqualTo(1);

    try (MockWebServer other = new MockWebServer()) {
      other.start(InetAddress.getByName("127.0.0.1"), 0);
      other.enqueue(new MockResponse());
      long well = webhookAt("http://127.0.0.1:%d/".formatted(other.getPort()));
      put(well, "heard");
      assertThat(other.takeRequest(10, TimeUnit.SECONDS)).isNotNull();
    }

    receiver.enqueue(new MockResponse());
    receiver.enqueue(new MockResponse());
    await(() -> shown(silent).failingSince() == null);
    assertThat(shown(silent).waiting()).isZero();
  }

  @Test
  void whatATargetRefusesIsGivenUpAndWhatComesAfterItIsNot() throws Exception {
    for (int i = 0; i < 5; i++) {
      receiver.enqueue(new MockResponse().setResponseCode(400));
    }
    receiver.enqueue(new MockResponse());
    long id = webhook("/");
    put(id, "poison", "good");

    sender();

    await(() -> shown(id).waiting() == 0);
    assertThat(shown(id).dead()).isEqualTo(1);
    assertThat(receiver.getRequestCount()).isEqualTo(6);
    postgres.call(
        handle -> handle.execute("UPDATE webhook_deliveries SET dead_at = now() - interval '8d'"));
    assertThat(outbox.removeOld()).isEqualTo(1);
  }

  @Test
  void aPrivateTargetIsNotReached() throws Exception {
    long id = webhookAt("http://localhost:%d/".formatted(receiver.getPort()));
    put(id, "secret");

    sender();

    await(() -> shown(id).failingSince() != null);
    assertThat(shown(id).lastError()).isEqualTo("The host 'localhost' has no public address.");
    assertThat(receiver.getRequestCount()).isZero();
  }

  @Test
  void restartsLoseNothingAndInstancesDoNotDouble() throws Exception {
    for (int i = 0; i < 60; i++) {
      receiver.enqueue(new MockResponse().setBodyDelay(5, TimeUnit.MILLISECONDS));
    }
    long id = webhook("/");
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      all.add("body " + i);
    }
    put(id, all.toArray(String[]::new));

    sender();
    sender();
    WebhookSender third = sender();
    await(() -> shown(id).waiting() < 20);
    senders.forEach(WebhookSender::close);
    third.wake();
    // What one of them was about may be leased still; it is told again after that.
    postgres.call(handle -> handle.execute("UPDATE webhooks SET leased_until = NULL"));
    sender();
    await(() -> shown(id).waiting() == 0);

    List<String> heard = new ArrayList<>();
    while (receiver.getRequestCount() > heard.size()) {
      heard.add(received().getBody().readUtf8());
    }
    assertThat(heard.stream().distinct()).containsExactlyElementsOf(all);
    assertThat(heard).as("at most what was under way twice").hasSizeBetween(30, 31);
  }

  @Test
  void aTargetThatIsGoneIsToldNothing() {
    long id = webhook("/");
    put(id, "waits");

    assertThat(outbox.remove(id)).isTrue();
    put(id, "too late");

    assertThat(outbox.remove(id)).isFalse();
    long left =
        postgres.call(
            handle ->
                handle
                    .createQuery("SELECT count(*) FROM webhook_deliveries")
                    .mapTo(Long.class)
                    .one());
    assertThat(left).isZero();
  }

  @Test
  void aTargetThatIsRemovedWhileItIsToldHoldsUpNobody() throws Exception {
    for (int round = 0; round < 30; round++) {
      long id = webhook("/leaving");
      put(id, "one", "two");
      Leased target = outbox.lease(Duration.ofSeconds(10)).orElseThrow();
      Delivery first = outbox.first(id).orElseThrow();
      boolean taken = round % 2 == 0;
      CompletableFuture<Void> told =
          CompletableFuture.runAsync(
              () -> {
                if (taken) {
                  outbox.delivered(target, first);
                } else {
                  outbox.failed(target, first, "status 500", false, Duration.ZERO);
                }
              });

      assertThat(outbox.remove(id)).isTrue();

      told.get(10, TimeUnit.SECONDS);
    }
  }
}
