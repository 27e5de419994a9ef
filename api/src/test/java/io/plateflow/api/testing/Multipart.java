package io.plateflow.api.testing;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/** A form with files, as browsers send it. */
public final class Multipart {

  private static final String BOUNDARY = "----plateflow-test";

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  public Multipart text(String name, String value) {
    return part("name=\"" + name + "\"", null, value.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @param filename null sends none
   * @param type null sends none
   */
  public Multipart file(String name, String filename, String type, byte[] content) {
    String file = filename == null ? "" : "; filename=\"" + filename + "\"";
    return part("name=\"" + name + "\"" + file, type, content);
  }

  private Multipart part(String disposition, String type, byte[] content) {
    write("--%s\r\nContent-Disposition: form-data; %s\r\n".formatted(BOUNDARY, disposition));
    write(type == null ? "\r\n" : "Content-Type: %s\r\n\r\n".formatted(type));
    body.writeBytes(content);
    write("\r\n");
    return this;
  }

  private void write(String text) {
    body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The request that posts it. */
  public HttpRequest on(HttpRequest.Builder request) {
    write("--" + BOUNDARY + "--\r\n");
    return request
        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
        .POST(BodyPublishers.ofByteArray(body.toByteArray()))
        .build();
  }
}
