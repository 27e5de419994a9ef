package io.plateflow.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.api.access.Authenticator.FirstCredentials;
import io.plateflow.api.access.DeniedException.Reason;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.postgres.PostgresPool;
import io.plateflow.clients.testing.EmbeddedServices;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
class AuthenticatorITCase {

  private static final class MovingClock extends Clock {

    private Instant now = Instant.parse("2026-11-28T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  private final MovingClock clock = new MovingClock();
  private PostgresPool postgres;
  private Authenticator authenticator;
  private FirstCredentials first;

  @BeforeEach
  void start(PostgresConfig config) {
    postgres = new PostgresPool(config, "test", 4, Duration.ofSeconds(5));
    authenticator = new Authenticator(postgres, clock);
    first = authenticator.firstStart().orElseThrow();
  }

  @AfterEach
  void stop() {
    postgres.close();
  }

  private static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  private void assertDenied(String authorization, Reason reason) {
    assertThatThrownBy(() -> authenticator.authenticate(authorization))
        .isInstanceOfSatisfying(
            DeniedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void everyFormOfATokenIsTheSameClient() throws DeniedException {
    Client client = authenticator.authenticate("Token " + first.token());

    assertThat(client.rights()).isEqualTo(EnumSet.allOf(Right.class));
    assertThat(first.token()).hasSize(40).endsWith(client.lastFour());
    for (String form :
        List.of(
            "Bearer " + first.token(), "token   " + first.token(), basic("token", first.token()))) {
      assertThat(authenticator.authenticate(form)).isEqualTo(client);
    }
  }

  @Test
  void thePasswordOfTheAdministratorHolds() throws DeniedException {
    Client client = authenticator.authenticate(basic("admin", first.password()));

    assertThat(client.id()).startsWith("user:");
    assertThat(client.rights()).contains(Right.ADMIN);
  }

  @Test
  void whatIsWrongIsDenied() {
    assertDenied(null, Reason.MISSING);
    assertDenied(" ", Reason.MISSING);
    assertDenied("Token", Reason.WRONG);
    assertDenied("Token " + "0".repeat(40), Reason.WRONG);
    assertDenied("Token " + "x".repeat(10_000), Reason.WRONG);
    assertDenied("Digest " + first.token(), Reason.WRONG);
    assertDenied("Basic !!!", Reason.WRONG);
    assertDenied("Basic " + Base64.getEncoder().encodeToString(new byte[] {1}), Reason.WRONG);
    assertDenied(basic("nobody", "secret"), Reason.WRONG);
    assertDenied(basic("admin", first.token()), Reason.WRONG);
  }

  @Test
  void afterFiveWrongPasswordsTheRightOneIsDeniedForAWhile() throws DeniedException {
    for (int i = 0; i < Authenticator.MOST_FAILURES; i++) {
      assertDenied(basic("admin", "wrong" + i), Reason.WRONG);
    }

    assertDenied(basic("admin", first.password()), Reason.LOCKED);

    postgres.call(h -> h.execute("UPDATE api_users SET locked_until = now() - interval '1 s'"));
    assertThat(authenticator.authenticate(basic("admin", first.password()))).isNotNull();
  }

  @Test
  void aTokenGoesWithItsOwner() throws DeniedException {
    String token = "Token " + first.token();
    authenticator.authenticate(token);

    postgres.call(h -> h.execute("DELETE FROM api_users"));
    clock.now = clock.now.plus(Authenticator.BELIEVED);

    assertDenied(token, Reason.WRONG);
  }

  @Test
  void tablesHoldNeitherTokenNorPassword() {
    String tables =
        postgres.call(
            h ->
                h.createQuery(
                        "SELECT (SELECT string_agg(t::text, ' ') FROM api_tokens t)"
                            + " || (SELECT string_agg(u::text, ' ') FROM api_users u)")
                    .mapTo(String.class)
                    .one());

    assertThat(tables)
        .doesNotContain(first.token(), first.password())
        .contains("$argon2id$v=19$m=19456,t=2,p=1$");
  }

  @Test
  void whoReadsTheTablesDoesNotReadCredentials() {
    assertThat(readableByAnalysts("uploads")).isTrue();
    assertThat(readableByAnalysts("api_users")).isFalse();
    assertThat(readableByAnalysts("api_tokens")).isFalse();
  }

  private boolean readableByAnalysts(String table) {
    return postgres.call(
        h ->
            h.createQuery("SELECT has_table_privilege('plateflow_analyst', :table, 'SELECT')")
                .bind("table", table)
                .mapTo(Boolean.class)
                .one());
  }

  @Test
  void onlyOneOfSeveralInstancesMakesTheFirstUser() throws Exception {
    postgres.call(h -> h.execute("DELETE FROM api_users"));
    ExecutorService instances = Executors.newFixedThreadPool(4);
    try {
      Callable<Boolean> start = () -> new Authenticator(postgres, clock).firstStart().isPresent();
      long made = 0;
      for (Future<Boolean> each : instances.invokeAll(List.of(start, start, start, start))) {
        made += each.get() ? 1 : 0;
      }
      assertThat(made).isEqualTo(1);
    } finally {
      instances.shutdownNow();
    }
  }
}
