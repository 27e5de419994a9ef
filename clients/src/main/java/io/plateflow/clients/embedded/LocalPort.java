package io.plateflow.clients.embedded;

import io.plateflow.clients.ClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of this machine's loopback address. */
public final class LocalPort {

  private LocalPort() {}

  /**
   * The port itself when nobody listens there; any free one for 0.
   *
   * @param service who wants it, for the message
   */
  public static int claim(int port, String service) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new ClientException(
          "Port %d is taken: the %s needs it. Stop what listens there, or choose another"
                  .formatted(port, service)
              + " port.",
          e);
    }
  }
}
