package io.plateflow.clients.postgres;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** What a failure of the database means for the rows that met it. */
public enum SqlFailure {
  /** The same rows may go through later: the server is away, restarting, full or busy. */
  PASSING,
  /** A row's own content is refused, now and always. */
  CONTENT,
  /** Something else is wrong: a missing table, a missing right, a bug. */
  LASTING;

  /** Query cancelled, lock not available, read-only after a failover, disk I/O. */
  private static final Set<String> PASSING_STATES = Set.of("57014", "55P03", "25006", "58030");

  public static SqlFailure of(SQLException failure) {
    String state = failure.getSQLState();
    if (state == null) {
      return failure instanceof SQLTransientException || failure instanceof SQLRecoverableException
          ? PASSING
          : LASTING;
    }
    if (PASSING_STATES.contains(state)) {
      return PASSING;
    }
    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      // Connection lost; rolled back by deadlock or serialization; out of resources; shutting down.
      case "08", "40", "53", "57" -> PASSING;
      // Data exception, constraint, too large for an index or a row.
      case "22", "23", "54" -> CONTENT;
      default -> LASTING;
    };
  }
}
