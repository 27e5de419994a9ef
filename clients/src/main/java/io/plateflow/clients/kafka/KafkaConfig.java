package io.plateflow.clients.kafka;

import io.plateflow.schemas.event.EventEncoding;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Where the topics are and how they are written.
 *
 * @param bootstrapServers {@code host:port,...}
 * @param encoding of alerts, passes and rejected records; plate statuses are read in either
 * @param retryFor how long a record is tried again while the broker is away, before the task fails
 *     and Flink restarts it from its checkpoint
 * @param replication of topics that are created here; -1 takes the broker's default
 * @param properties for every Kafka client, e.g. {@code security.protocol}; values are never
 *     printed
 */
public record KafkaConfig(
    String bootstrapServers,
    EventEncoding encoding,
    Duration retryFor,
    short replication,
    Map<String, String> properties)
    implements Serializable {

  public static final Duration DEFAULT_RETRY_FOR = Duration.ofMinutes(2);

  public KafkaConfig {
    if (bootstrapServers == null || bootstrapServers.isBlank()) {
      throw new IllegalArgumentException(
          "Kafka bootstrap servers: found nothing, expected host:port");
    }
    if (retryFor.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "Kafka retry time: found %s, expected one second or more".formatted(retryFor));
    }
    if (replication < 1 && replication != -1) {
      throw new IllegalArgumentException(
          "Kafka replication: found %d, expected 1 or more, or -1 for the broker's default"
              .formatted(replication));
    }
    properties = new TreeMap<>(properties);
  }

  public static KafkaConfig of(String bootstrapServers) {
    return new KafkaConfig(
        bootstrapServers, EventEncoding.AVRO, DEFAULT_RETRY_FOR, (short) -1, Map.of());
  }

  public KafkaConfig withEncoding(EventEncoding newEncoding) {
    return new KafkaConfig(bootstrapServers, newEncoding, retryFor, replication, properties);
  }

  public KafkaConfig withRetryFor(Duration time) {
    return new KafkaConfig(bootstrapServers, encoding, time, replication, properties);
  }

  /** What every client gets: the address, quick reconnects, and the user's own properties last. */
  public Properties clientProperties() {
    Properties all = new Properties();
    all.setProperty("bootstrap.servers", bootstrapServers);
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
