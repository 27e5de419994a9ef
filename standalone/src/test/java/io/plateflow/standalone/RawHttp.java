package io.plateflow.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Requests with any Host header, which Java's own clients do not let one choose. */
final class RawHttp {

  /**
   * @param text head and body
   */
  record Answer(int status, String text) {}

  private static final int PATIENCE_MILLIS = 20_000;

  private final int port;

  RawHttp(int port) {
    this.port = port;
  }

  /**
   * @param line e.g. {@code GET /overview}
   * @param headers e.g. {@code Host: localhost}
   */
  Answer ask(String line, String... headers) throws IOException {
    return send("", line, headers);
  }

  Answer send(String body, String line, String... headers) throws IOException {
    StringBuilder request = new StringBuilder(line).append(" HTTP/1.1\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    request.append("Connection: close\r\nContent-Length: %d\r\n\r\n".formatted(body.length()));
    request.append(body);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(Integer.parseInt(text.split(" ")[1]), text);
    }
  }
}
