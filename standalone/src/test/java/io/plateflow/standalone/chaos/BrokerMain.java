package io.plateflow.standalone.chaos;

import io.plateflow.clients.embedded.EmbeddedKafkaBroker;
import java.nio.file.Path;

/** A Kafka broker in a process of its own. Arguments: port, data folder. */
final class BrokerMain {

  private BrokerMain() {}

  @SuppressWarnings("resource")
  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedKafkaBroker.start(Integer.parseInt(arguments[0]), Path.of(arguments[1]));
    Thread.currentThread().join();
  }
}
