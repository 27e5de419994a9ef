package io.plateflow.clients.postgres;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.plateflow.schemas.config.Consistent;
import io.plateflow.schemas.config.CrossChecked;
import io.plateflow.schemas.config.DurationRange;
import io.plateflow.schemas.config.Secret;
import io.soabase.recordbuilder.core.RecordBuilder;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.io.Serializable;
import java.time.Duration;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Where the tables are and how they are written.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database}; user and password in it are never
 *     printed; null where the database is started along with the job
 * @param user or null where the URL names it
 * @param password or null; never printed
 * @param batchSize rows that are written in one statement, at most
 * @param flushInterval how long a row waits for its batch, at most
 * @param retryFor how long a batch is tried again while the database is away, before the task fails
 *     and Flink restarts it from its checkpoint
 */
@Consistent
@RecordBuilder
public record PostgresConfig(
    @JsonProperty("url")
        @Secret
        @Pattern(
            regexp = "jdbc:postgresql:.*",
            message = "expected jdbc:postgresql://host:port/database")
        @Nullable String jdbcUrl,
    @Nullable String user,
    @Secret @Nullable String password,
    @Min(1) @Max(10_000) int batchSize,
    @DurationRange(min = "1ms", max = "1m") Duration flushInterval,
    @DurationRange(max = "1h") Duration retryFor)
    implements CrossChecked, PostgresConfigBuilder.With, Serializable {

  public static final PostgresConfig DEFAULT =
      new PostgresConfig(null, null, null, 200, Duration.ofMillis(250), Duration.ofMinutes(2));

  private static final java.util.regex.Pattern PLACE =
      java.util.regex.Pattern.compile("jdbc:postgresql:(//[^?]*|[^?]*)");

  /** The same settings for the database of this address. */
  public PostgresConfig at(String url, @Nullable String newUser, @Nullable String newPassword) {
    return with().jdbcUrl(url).user(newUser).password(newPassword).build();
  }

  @Override
  public void crossCheck(Problems problems) {
    if (jdbcUrl == null && user != null) {
      problems.add("user", "found without url, expected the database that it belongs to");
    }
    if (jdbcUrl == null && password != null) {
      problems.add("password", "found without url, expected the database that it belongs to");
    }
  }

  /** Host, port and database, fit for logs. */
  public String place() {
    Matcher matcher = PLACE.matcher(jdbcUrl == null ? "" : jdbcUrl);
    String place = matcher.lookingAt() ? matcher.group(1) : "";
    return place.replaceFirst("^//", "").replaceFirst("^.*@", "");
  }

  @Override
  public String toString() {
    return "PostgresConfig[place=%s, user=%s, batchSize=%d, flushInterval=%s, retryFor=%s]"
        .formatted(place(), user, batchSize, flushInterval, retryFor);
  }
}
