package io.plateflow.api.http;

import io.plateflow.api.access.Client;
import java.io.InputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** One request whose client is known. */
public final class Exchange {

  private final Request request;
  private final Client client;
  private final MemoryBudget.Lease memory;

  Exchange(Request request, Client client, MemoryBudget.Lease memory) {
    this.request = request;
    this.client = client;
    this.memory = memory;
  }

  public Client client() {
    return client;
  }

  /** The first value of a header, or null. */
  public @Nullable String header(String name) {
    return request.getHeaders().get(name);
  }

  /**
   * What the body is, without parameters, in small letters; empty where the client does not say.
   */
  public String mediaType() {
    return MediaTypes.bare(contentType());
  }

  String contentType() {
    String said = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    return said == null ? "" : said;
  }

  /** Bytes of the body, as far as the client says; -1 where it does not. */
  long contentLength() {
    return request.getLength();
  }

  InputStream body() {
    return Content.Source.asInputStream(request);
  }

  /**
   * Counts what is held for this request against what all may hold together.
   *
   * @throws Refusal when there is no room in time
   */
  public void holding(long bytes) {
    memory.growTo(bytes);
  }

  MemoryBudget.Lease memory() {
    return memory;
  }
}
