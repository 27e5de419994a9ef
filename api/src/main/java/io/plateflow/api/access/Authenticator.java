package io.plateflow.api.access;

import io.plateflow.api.access.AccessTables.User;
import io.plateflow.api.access.DeniedException.Reason;
import io.plateflow.clients.ClientException;
import io.plateflow.clients.postgres.PostgresPool;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells who asks by their credential: {@code Token T}, {@code Bearer T}, {@code Basic} with a user
 * and password or with the user {@code token} and a token. Thread-safe.
 */
public final class Authenticator {

  /** How long a credential is believed without asking the tables again. */
  static final Duration BELIEVED = Duration.ofSeconds(10);

  static final int MOST_FAILURES = 5;
  static final Duration LOCKED = Duration.ofMinutes(5);
  private static final int MOST_REMEMBERED = 1_000;
  private static final int LONGEST = 500;

  private record Believed(Client client, Instant until) {}

  private final AccessTables tables;
  private final Clock clock;
  private final Passwords passwords = new Passwords();

  // By a digest, so that no secret is kept in memory longer than a request.
  private final Map<String, Believed> believed = new ConcurrentHashMap<>();

  public Authenticator(PostgresPool postgres, Clock clock) {
    this.tables = new AccessTables(postgres);
    this.clock = clock;
  }

  /**
   * @param authorization the value of the header, or null
   * @throws ClientException when the database is away
   */
  public Client authenticate(@Nullable String authorization) throws DeniedException {
    if (authorization == null || authorization.isBlank()) {
      throw new DeniedException(Reason.MISSING);
    }
    String[] parts = authorization.strip().split("\\s+", 2);
    if (parts.length != 2 || parts[1].length() > LONGEST) {
      throw new DeniedException(Reason.WRONG);
    }
    String key = HexFormat.of().formatHex(Secrets.digest(String.join(" ", parts)));
    Believed known = believed.get(key);
    if (known != null && clock.instant().isBefore(known.until())) {
      return known.client();
    }
    Client client =
        switch (parts[0].toLowerCase(Locale.ROOT)) {
          case "token", "bearer" -> token(parts[1]);
          case "basic" -> basic(parts[1]);
          default -> throw new DeniedException(Reason.WRONG);
        };
    remember(key, client);
    return client;
  }

  /** Asks the tables again for every credential: who may do what has changed. */
  public void forget() {
    believed.clear();
  }

  private void remember(String key, Client client) {
    Instant now = clock.instant();
    if (believed.size() >= MOST_REMEMBERED) {
      believed.values().removeIf(b -> !now.isBefore(b.until()));
    }
    if (believed.size() < MOST_REMEMBERED) {
      believed.put(key, new Believed(client, now.plus(BELIEVED)));
    }
  }

  private Client token(String token) throws DeniedException {
    return tables
        .token(Secrets.digest(token.strip()))
        .orElseThrow(() -> new DeniedException(Reason.WRONG));
  }

  private Client basic(String encoded) throws DeniedException {
    String decoded;
    try {
      decoded = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new DeniedException(Reason.WRONG);
    }
    int colon = decoded.indexOf(':');
    if (colon < 0 || decoded.indexOf('\0') >= 0) {
      throw new DeniedException(Reason.WRONG);
    }
    String name = decoded.substring(0, colon);
    String password = decoded.substring(colon + 1);
    return name.equals("token") ? token(password) : user(name, password);
  }

  private Client user(String name, String password) throws DeniedException {
    Optional<User> found = tables.user(name);
    if (found.isEmpty()) {
      passwords.matchesNobody(password);
      throw new DeniedException(Reason.WRONG);
    }
    User user = found.get();
    if (user.locked()) {
      throw new DeniedException(Reason.LOCKED);
    }
    if (!passwords.matches(password, user.passwordHash())) {
      tables.failed(user.id(), MOST_FAILURES, LOCKED);
      throw new DeniedException(Reason.WRONG);
    }
    tables.succeeded(user.id());
    return new Client("user:" + user.id(), "", user.rights(), null, null);
  }

  /**
   * What the first start made, to be shown once.
   *
   * @param token of the same user
   */
  public record FirstCredentials(String user, String password, String token) {}

  /** Makes an administrator and a token where there is no user yet. */
  public Optional<FirstCredentials> firstStart() {
    FirstCredentials made =
        new FirstCredentials("admin", Secrets.newPassword(), Secrets.newToken());
    String hash;
    try {
      hash = passwords.hash(made.password());
    } catch (DeniedException e) {
      throw new ClientException("The first user is not made: too many are signing in", e);
    }
    return tables.makeFirst(made.user(), hash, made.token()) ? Optional.of(made) : Optional.empty();
  }
}
