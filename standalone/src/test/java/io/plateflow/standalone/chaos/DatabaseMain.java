package io.plateflow.standalone.chaos;

import io.plateflow.clients.embedded.EmbeddedPostgresServer;
import java.nio.file.Path;

/** A Postgres beside a process that waits for it. Arguments: port, data folder. */
final class DatabaseMain {

  private DatabaseMain() {}

  @SuppressWarnings("resource")
  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedPostgresServer.start(Integer.parseInt(arguments[0]), Path.of(arguments[1]));
    Thread.currentThread().join();
  }
}
