package io.plateflow.standalone.chaos;

import java.io.IOException;
import java.util.Arrays;

/**
 * Runs another main class, and ends this process when its parent is gone: its end of our standard
 * input closes then, also after {@code kill -9}.
 */
final class TetheredMain {

  private TetheredMain() {}

  public static void main(String[] arguments) throws Exception {
    Thread tether = new Thread(TetheredMain::haltWhenAlone, "tether");
    tether.setDaemon(true);
    tether.start();
    Class.forName(arguments[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
  }

  @SuppressWarnings("StatementWithEmptyBody")
  private static void haltWhenAlone() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever said here.
      }
    } catch (IOException e) {
      // The same as its end.
    }
    Runtime.getRuntime().halt(1);
  }
}
