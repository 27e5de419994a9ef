package io.plateflow.api;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.postgres.PostgresPool;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Whether what the service needs answers; asked at most once in a while, whoever wants to know. */
final class Health implements AutoCloseable {

  private static final Duration VALID = Duration.ofSeconds(2);
  private static final int PATIENCE_MILLIS = 2_000;

  /** What answers. */
  record State(boolean postgres, boolean kafka) {
    boolean well() {
      return postgres && kafka;
    }
  }

  private final PostgresPool postgres;
  private final Admin kafka;
  private State last = new State(false, false);
  private long askedNanos = System.nanoTime() - VALID.toNanos();

  /**
   * @param postgres stays with the caller
   */
  Health(PostgresPool postgres, KafkaConfig kafka) {
    this.postgres = postgres;
    Properties properties = kafka.clientProperties();
    properties.setProperty("request.timeout.ms", Integer.toString(PATIENCE_MILLIS));
    properties.setProperty("default.api.timeout.ms", Integer.toString(PATIENCE_MILLIS));
    this.kafka = Admin.create(properties);
  }

  synchronized State state() {
    if (System.nanoTime() - askedNanos >= VALID.toNanos()) {
      last = new State(postgresAnswers(), kafkaAnswers());
      askedNanos = System.nanoTime();
    }
    return last;
  }

  private boolean postgresAnswers() {
    try {
      return postgres.call(handle -> handle.createQuery("SELECT true").mapTo(Boolean.class).one());
    } catch (ClientException e) {
      return false;
    }
  }

  private boolean kafkaAnswers() {
    try {
      return !kafka.describeCluster().nodes().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    kafka.close(Duration.ZERO);
  }
}
