package io.plateflow.clients.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailureTest {

  @ParameterizedTest
  @CsvSource({
    "08006, PASSING", // connection lost
    "08001, PASSING", // cannot connect
    "57P01, PASSING", // shutting down
    "57P03, PASSING", // starting up
    "40P01, PASSING", // deadlock
    "40001, PASSING", // serialization
    "53300, PASSING", // too many connections
    "53100, PASSING", // disk full
    "55P03, PASSING", // lock not available
    "25006, PASSING", // read-only after a failover
    "22007, CONTENT", // no such time
    "23514, CONTENT", // check constraint
    "54000, CONTENT", // too large for an index
    "42P01, LASTING", // no such table
    "28P01, LASTING", // wrong password
    "XX000, LASTING"
  })
  void sortsByState(String state, SqlFailure expected) {
    assertThat(SqlFailure.of(new SQLException("no", state))).isEqualTo(expected);
  }

  @Test
  void sortsByTypeWhereThereIsNoState() {
    assertThat(SqlFailure.of(new SQLTransientConnectionException("later")))
        .isEqualTo(SqlFailure.PASSING);
    assertThat(SqlFailure.of(new SQLException("odd"))).isEqualTo(SqlFailure.LASTING);
  }
}
