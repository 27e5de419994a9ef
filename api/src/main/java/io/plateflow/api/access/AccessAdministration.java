package io.plateflow.api.access;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.postgres.PostgresPool;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * Makes and changes users and tokens. What is taken away stops at once where {@link
 * Authenticator#forget} is told, and within {@link Authenticator#BELIEVED} elsewhere.
 */
public final class AccessAdministration {

  private static final Pattern USER_NAME = Pattern.compile("[A-Za-z0-9._@+-]{1,100}");
  private static final int SHORTEST_PASSWORD = 10;
  private static final int LONGEST_PASSWORD = 300;
  private static final String UNIQUE_VIOLATION = "23505";

  /** Of the advisory lock that keeps two from taking each other's last rights. */
  private static final long CHANGE = 7_236_411_906L;

  private static final String TOKENS =
      """
      SELECT t.id, t.name, u.name AS owner, t.last_four, t.rights, t.rate, t.monthly_quota,
        t.created_at, coalesce(g.calls, 0) AS calls, coalesce(g.credits, 0) AS credits
      FROM api_tokens t JOIN api_users u ON u.id = t.owner_id
      LEFT JOIN api_usage g ON g.client = 'token:' || t.id
        AND g.month = date_trunc('month', now() AT TIME ZONE 'UTC')::date
      """;

  private static final String USERS =
      """
      SELECT id, name, role, disabled, coalesce(locked_until > now(), false) AS locked, created_at
      FROM api_users
      """;

  private static final RowMapper<TokenRow> TOKEN =
      (row, context) ->
          new TokenRow(
              row.getLong("id"),
              row.getString("name"),
              row.getString("owner"),
              row.getString("last_four"),
              Right.ofLabels(row.getArray("rights")),
              row.getObject("rate", Integer.class),
              row.getObject("monthly_quota", Integer.class),
              row.getObject("created_at", OffsetDateTime.class).toInstant(),
              row.getLong("calls"),
              row.getLong("credits"));

  private static final RowMapper<UserRow> USER =
      (row, context) ->
          new UserRow(
              row.getLong("id"),
              row.getString("name"),
              row.getString("role"),
              row.getBoolean("disabled"),
              row.getBoolean("locked"),
              row.getObject("created_at", OffsetDateTime.class).toInstant());

  private final PostgresPool postgres;
  private final Passwords passwords = new Passwords();

  /**
   * @param postgres stays with the caller
   */
  public AccessAdministration(PostgresPool postgres) {
    this.postgres = postgres;
  }

  /**
   * What was made, with the secret that is shown once.
   *
   * @param secret the token or the password
   */
  public record Made<T>(T row, String secret) {}

  public List<TokenRow> tokens() {
    return postgres.call(handle -> handle.createQuery(TOKENS + "ORDER BY t.id").map(TOKEN).list());
  }

  public Optional<TokenRow> token(long id) {
    return postgres.call(handle -> token(handle, id));
  }

  private static Optional<TokenRow> token(Handle handle, long id) {
    return handle.createQuery(TOKENS + "WHERE t.id = :id").bind("id", id).map(TOKEN).findOne();
  }

  /**
   * @param owner name of a user
   */
  public Made<TokenRow> makeToken(String owner, TokenSettings settings) throws AccessException {
    settings.check();
    String secret = Secrets.newToken();
    Optional<TokenRow> made =
        postgres.call(
            handle ->
                handle
                    .createQuery(
                        """
                        INSERT INTO api_tokens
                          (name, hash, last_four, owner_id, rights, rate, monthly_quota)
                        SELECT :name, :hash, :end, id, string_to_array(:rights, ','), :rate, :quota
                        FROM api_users WHERE name = :owner
                        RETURNING id
                        """)
                    .bind("name", settings.name())
                    .bind("hash", Secrets.digest(secret))
                    .bind("end", secret.substring(secret.length() - 4))
                    .bind("rights", Right.labels(settings.rights()))
                    .bind("rate", settings.rate())
                    .bind("quota", settings.monthlyQuota())
                    .bind("owner", owner)
                    .mapTo(Long.class)
                    .findOne()
                    .flatMap(id -> token(handle, id)));
    return new Made<>(
        made.orElseThrow(
            () -> new AccessException("owner", "found no user of that name, expected one")),
        secret);
  }

  /** Empty where there is no such token. */
  public Optional<TokenRow> changeToken(long id, TokenSettings settings) throws AccessException {
    settings.check();
    return postgres.call(
        handle -> {
          handle
              .createUpdate(
                  """
                  UPDATE api_tokens SET name = :name, rights = string_to_array(:rights, ','),
                    rate = :rate, monthly_quota = :quota
                  WHERE id = :id
                  """)
              .bind("name", settings.name())
              .bind("rights", Right.labels(settings.rights()))
              .bind("rate", settings.rate())
              .bind("quota", settings.monthlyQuota())
              .bind("id", id)
              .execute();
          return token(handle, id);
        });
  }

  /** Whether there was one. */
  public boolean revokeToken(long id) {
    return postgres.call(handle -> handle.execute("DELETE FROM api_tokens WHERE id = ?", id)) == 1;
  }

  public List<UserRow> users() {
    return postgres.call(handle -> handle.createQuery(USERS + "ORDER BY id").map(USER).list());
  }

  public Optional<UserRow> user(long id) {
    return postgres.call(handle -> user(handle, id));
  }

  private static Optional<UserRow> user(Handle handle, long id) {
    return handle.createQuery(USERS + "WHERE id = :id").bind("id", id).map(USER).findOne();
  }

  /**
   * @param password null for one that is made here
   */
  public Made<UserRow> makeUser(String name, String role, @Nullable String password)
      throws AccessException, DeniedException {
    // The name that stands for tokens where a password is expected.
    if (!USER_NAME.matcher(name).matches() || name.equals("token")) {
      throw new AccessException(
          "name", "expected 1 to 100 letters, digits, '.', '_', '@', '+' or '-', and not 'token'");
    }
    checkRole(role);
    String secret = checked(password);
    String hash = passwords.hash(secret);
    try {
      UserRow made =
          postgres.call(
              handle ->
                  user(
                          handle,
                          handle
                              .createQuery(
                                  """
                                  INSERT INTO api_users (name, password_hash, role)
                                  VALUES (:name, :hash, :role) RETURNING id
                                  """)
                              .bind("name", name)
                              .bind("hash", hash)
                              .bind("role", role)
                              .mapTo(Long.class)
                              .one())
                      .orElseThrow());
      return new Made<>(made, secret);
    } catch (ClientException e) {
      if (isTaken(e)) {
        throw new AccessException(null, "There is a user '%s' already.".formatted(name));
      }
      throw e;
    }
  }

  /**
   * Changes a user; null leaves a thing as it is. Empty where there is no such user.
   *
   * @param password also ends a lock
   */
  public Optional<UserRow> changeUser(
      long id, @Nullable String role, @Nullable Boolean disabled, @Nullable String password)
      throws AccessException, DeniedException {
    if (role != null) {
      checkRole(role);
    }
    String hash = password == null ? null : passwords.hash(checked(password));
    return changed(
        handle -> {
          handle
              .createUpdate(
                  """
                  UPDATE api_users SET role = coalesce(:role, role),
                    disabled = coalesce(:disabled, disabled),
                    password_hash = coalesce(:hash, password_hash),
                    locked_until = CASE WHEN :hash IS NULL THEN locked_until END,
                    failed_attempts = CASE WHEN :hash IS NULL THEN failed_attempts ELSE 0 END
                  WHERE id = :id
                  """)
              .bind("role", role)
              .bind("disabled", disabled)
              .bind("hash", hash)
              .bind("id", id)
              .execute();
          return user(handle, id);
        });
  }

  /** With all tokens. Empty where there was no such user. */
  public Optional<UserRow> deleteUser(long id) throws AccessException {
    return changed(
        handle -> {
          Optional<UserRow> gone = user(handle, id);
          handle.execute("DELETE FROM api_users WHERE id = ?", id);
          return gone;
        });
  }

  /**
   * A new password for a user, who is made an administrator that may sign in: for whoever owns the
   * database and has lost all keys.
   */
  public Made<UserRow> recoverUser(String name) throws AccessException, DeniedException {
    Optional<UserRow> known = users().stream().filter(user -> user.name().equals(name)).findFirst();
    if (known.isEmpty()) {
      return makeUser(name, "super_admin", null);
    }
    String secret = Secrets.newPassword();
    return new Made<>(
        changeUser(known.get().id(), "super_admin", false, secret).orElseThrow(), secret);
  }

  /** Work on users. */
  @FunctionalInterface
  private interface Change {
    Optional<UserRow> on(Handle handle);
  }

  private static final class NobodyLeft extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private Optional<UserRow> changed(Change change) throws AccessException {
    try {
      return postgres.call(
          handle ->
              handle.inTransaction(
                  inside -> {
                    inside.execute("SELECT pg_advisory_xact_lock(?)", CHANGE);
                    Optional<UserRow> row = change.on(inside);
                    boolean left =
                        inside
                            .createQuery(
                                """
                                SELECT EXISTS (
                                  SELECT FROM api_users WHERE role = 'super_admin' AND NOT disabled)
                                """)
                            .mapTo(Boolean.class)
                            .one();
                    if (!left) {
                      throw new NobodyLeft();
                    }
                    return row;
                  }));
    } catch (NobodyLeft e) {
      throw new AccessException(
          null, "This is the last super_admin who may sign in: nobody could undo it.");
    }
  }

  private static void checkRole(String role) throws AccessException {
    if (Right.ofRole(role).isEmpty()) {
      throw new AccessException("role", "expected operator, admin or super_admin");
    }
  }

  private static String checked(@Nullable String password) throws AccessException {
    if (password == null) {
      return Secrets.newPassword();
    }
    if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD) {
      throw new AccessException(
          "password",
          "found %d characters, expected %d to %d"
              .formatted(password.length(), SHORTEST_PASSWORD, LONGEST_PASSWORD));
    }
    return password;
  }

  private static boolean isTaken(Throwable e) {
    return e.getCause() instanceof UnableToExecuteStatementException failed
        && failed.getCause() instanceof SQLException sql
        && UNIQUE_VIOLATION.equals(sql.getSQLState());
  }
}
