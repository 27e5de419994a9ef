package io.plateflow.clients.kafka;

import io.plateflow.clients.ServiceProbe;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/** Waits until a Kafka broker answers. */
public final class KafkaProbe {

  private static final int ANSWER_MILLIS = 3_000;

  private KafkaProbe() {}

  /**
   * Returns as soon as a broker answers.
   *
   * @param progress gets a line when the service is waited for, and when it answers
   * @throws io.plateflow.clients.ClientException when none answers in time
   */
  public static void awaitReachable(
      KafkaConfig kafka, Duration timeout, Consumer<String> progress) {
    Properties properties = kafka.clientProperties();
    properties.setProperty("request.timeout.ms", Integer.toString(ANSWER_MILLIS));
    properties.setProperty("default.api.timeout.ms", Integer.toString(ANSWER_MILLIS));
    ServiceProbe.await(
        "Kafka",
        kafka.servers(),
        timeout,
        progress,
        () -> {
          try (Admin admin = Admin.create(properties)) {
            admin.describeCluster().nodes().get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
          }
        });
  }
}
