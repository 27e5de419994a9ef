package io.plateflow.clients.kafka;

import io.plateflow.schemas.config.DurationRange;
import io.plateflow.schemas.config.Secret;
import io.plateflow.schemas.event.EventEncoding;
import io.soabase.recordbuilder.core.RecordBuilder;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the topics are and how they are written.
 *
 * @param bootstrapServers {@code host:port,...}; null where the broker is started along with the
 *     job
 * @param encoding of alerts, passes and rejected records; plate statuses are read in either
 * @param delivery of all records
 * @param retryFor how long a record is tried again while the broker is away, before the task fails
 *     and Flink restarts it from its checkpoint
 * @param replication of topics that are created here; null takes the broker's default
 * @param properties for every Kafka client, e.g. {@code security.protocol}; values are never
 *     printed
 */
@RecordBuilder
public record KafkaConfig(
    @Pattern(regexp = "(?s).*\\S.*", message = "expected host:port")
        @Nullable String bootstrapServers,
    EventEncoding encoding,
    Delivery delivery,
    @DurationRange(min = "1s", max = "1h") Duration retryFor,
    @Min(1) @Max(10) @Nullable Integer replication,
    @Secret Map<String, String> properties)
    implements KafkaConfigBuilder.With, Serializable {

  public static final KafkaConfig DEFAULT =
      new KafkaConfig(
          null, EventEncoding.AVRO, Delivery.AT_LEAST_ONCE, Duration.ofMinutes(2), null, Map.of());

  /** How often a reader may see a record. */
  public enum Delivery {
    /** Once, and again after a restart. */
    AT_LEAST_ONCE,
    /** Once, as soon as the checkpoint that holds it is complete. */
    EXACTLY_ONCE
  }

  public KafkaConfig {
    properties = new TreeMap<>(properties);
  }

  /** The same settings for the brokers of this address. */
  public KafkaConfig at(String servers) {
    return withBootstrapServers(servers);
  }

  /** The address of the brokers, which is known by the time that a client is made. */
  public String servers() {
    return Objects.requireNonNull(bootstrapServers, "bootstrapServers");
  }

  /** What every client gets: the address, quick reconnects, and the user's own properties last. */
  public Properties clientProperties() {
    Properties all = new Properties();
    all.setProperty("bootstrap.servers", servers());
    all.setProperty("reconnect.backoff.ms", "100");
    all.setProperty("reconnect.backoff.max.ms", "2000");
    properties.forEach(all::setProperty);
    return all;
  }

  /** For producers: a record is sent at once and acknowledged by all replicas. */
  public Properties producerProperties() {
    Properties all = new Properties();
    all.setProperty("acks", "all");
    all.setProperty("enable.idempotence", "true");
    all.setProperty("linger.ms", "0");
    long millis = retryFor.toMillis();
    all.setProperty("delivery.timeout.ms", Long.toString(millis));
    all.setProperty("request.timeout.ms", Long.toString(Math.min(10_000, millis)));
    all.setProperty("max.block.ms", Long.toString(millis));
    all.putAll(clientProperties());
    return all;
  }

  @Override
  public String toString() {
    return "KafkaConfig[bootstrapServers=%s, encoding=%s, retryFor=%s, properties=%s]"
        .formatted(bootstrapServers, encoding, retryFor, properties.keySet());
  }
}
