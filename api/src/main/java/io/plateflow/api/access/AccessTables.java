package io.plateflow.api.access;

import io.plateflow.clients.postgres.PostgresPool;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The tables {@code api_users} and {@code api_tokens}. */
final class AccessTables {

  /** Of the advisory lock that lets one instance make the first user. */
  private static final long FIRST_START = 7_236_411_905L;

  private final PostgresPool postgres;

  AccessTables(PostgresPool postgres) {
    this.postgres = postgres;
  }

  /**
   * A user.
   *
   * @param locked whether too many wrong passwords were tried lately
   */
  record User(long id, String passwordHash, Set<Right> rights, boolean locked) {}

  Optional<Client> token(byte[] hash) {
    return postgres.call(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT t.id, t.last_four, t.rights, t.monthly_quota, t.rate, u.role
                    FROM api_tokens t JOIN api_users u ON u.id = t.owner_id
                    WHERE t.hash = :hash AND NOT u.disabled
                    """)
                .bind("hash", hash)
                .map(
                    (row, context) -> {
                      Set<Right> rights = Right.ofLabels(row.getArray("rights"));
                      // A key opens no more than its owner may.
                      rights.retainAll(Right.ofRole(row.getString("role")));
                      return new Client(
                          "token:" + row.getLong("id"),
                          row.getString("last_four"),
                          rights,
                          row.getObject("monthly_quota", Integer.class),
                          row.getObject("rate", Integer.class));
                    })
                .findOne());
  }

  Optional<User> user(String name) {
    return postgres.call(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT id, password_hash, role, coalesce(locked_until > now(), false) AS locked
                    FROM api_users WHERE name = :name AND NOT disabled
                    """)
                .bind("name", name)
                .map(
                    (row, context) ->
                        new User(
                            row.getLong("id"),
                            row.getString("password_hash"),
                            Right.ofRole(row.getString("role")),
                            row.getBoolean("locked")))
                .findOne());
  }

  /** Notes a wrong password; from the given number on the user is locked for a while. */
  void failed(long user, int most, Duration lock) {
    postgres.call(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE api_users SET
                      failed_attempts = CASE WHEN failed_attempts + 1 >= :most THEN 0
                                             ELSE failed_attempts + 1 END,
                      locked_until = CASE WHEN failed_attempts + 1 >= :most
                                          THEN now() + :lock * interval '1 second'
                                          ELSE locked_until END
                    WHERE id = :id
                    """)
                .bind("most", most)
                .bind("lock", lock.toSeconds())
                .bind("id", user)
                .execute());
  }

  void succeeded(long user) {
    postgres.call(
        handle ->
            handle.execute(
                "UPDATE api_users SET failed_attempts = 0 WHERE id = ? AND failed_attempts > 0",
                user));
  }

  /**
   * Makes the first user and token, unless there is a user.
   *
   * @return whether they were made
   */
  boolean makeFirst(String name, String passwordHash, String token) {
    return postgres.call(
        handle ->
            handle.inTransaction(
                inside -> {
                  inside.execute("SELECT pg_advisory_xact_lock(?)", FIRST_START);
                  int made =
                      inside.execute(
                          """
                          INSERT INTO api_users (name, password_hash, role)
                          SELECT ?, ?, 'super_admin' WHERE NOT EXISTS (SELECT FROM api_users)
                          """,
                          name,
                          passwordHash);
                  if (made == 1) {
                    insertToken(inside, name, "first", token, EnumSet.allOf(Right.class));
                  }
                  return made == 1;
                }));
  }

  private static int insertToken(
      Handle handle, String owner, String name, String token, Set<Right> rights) {
    return handle.execute(
        """
        INSERT INTO api_tokens (name, hash, last_four, owner_id, rights)
        SELECT ?, ?, ?, id, string_to_array(?, ',') FROM api_users WHERE name = ?
        """,
        name,
        Secrets.digest(token),
        token.substring(token.length() - 4),
        Right.labels(rights),
        owner);
  }
}
