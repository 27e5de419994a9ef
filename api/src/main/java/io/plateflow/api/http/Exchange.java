package io.plateflow.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.api.access.Client;
import java.io.InputStream;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/** One request whose client is known by the time that its operation answers it. */
public final class Exchange {

  private final Request request;
  private final String pattern;
  private final MemoryBudget.Lease memory;
  private @Nullable Client client;
  private @Nullable Form form;
  private @Nullable Form query;

  /**
   * @param pattern the path of the operation as documented
   */
  Exchange(Request request, String pattern, MemoryBudget.Lease memory) {
    this.request = request;
    this.pattern = pattern;
    this.memory = memory;
  }

  void admit(Client admitted) {
    client = admitted;
  }

  public Client client() {
    if (client == null) {
      throw new IllegalStateException("Nobody is let in before it is known who it is");
    }
    return client;
  }

  /** Whether the client wants to know what GET would say, without its body. */
  public boolean isHead() {
    return request.getMethod().equals("HEAD");
  }

  /** The segment of the path that the operation calls so, or all that are left, decoded. */
  public String variable(String name) {
    List<String> names = Router.segments(pattern);
    List<String> values = Router.segments(Request.getPathInContext(request));
    int rest = names.indexOf("{" + name + Router.REST_ENDING);
    return URIUtil.decodePath(
        rest >= 0
            ? String.join("/", values.subList(rest, values.size()))
            : values.get(names.indexOf("{" + name + "}")));
  }

  /**
   * The parameters of the address.
   *
   * @throws Refusal where they are not urlencoded
   */
  public Form query() {
    if (query == null) {
      String text = request.getHttpURI().getQuery();
      query = FormReader.urlencoded(text == null ? "" : text, "The query");
    }
    return query;
  }

  /**
   * The form that the body is, read once.
   *
   * @throws Refusal for what is too large, too slow, or no form
   */
  public Form form(FormLimits limits) {
    if (form == null) {
      form = FormReader.read(this, limits);
    }
    return form;
  }

  /** Whether the body says that it is a form. */
  public boolean hasForm() {
    return MediaTypes.isForm(mediaType());
  }

  /**
   * Takes its share of memory for what is made of the request, beside its body.
   *
   * @throws Refusal when there is no room in time
   */
  public void need(long bytes) {
    memory.growBy(bytes);
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
   * The JSON object that the body is.
   *
   * @throws Refusal for what is too large, too slow, or no JSON object
   */
  public ObjectNode json() {
    // No form of another site's page can send this type unasked.
    if (!mediaType().equals(MediaTypes.JSON)) {
      throw Refusal.of(
          Refusal.Kind.BAD_REQUEST,
          "Content-Type: found '%s', expected %s.".formatted(mediaType(), MediaTypes.JSON));
    }
    return StrictJson.object(FormReader.whole(this, BodyLimits.TEXTS), "The request");
  }

  MemoryBudget.Lease memory() {
    return memory;
  }
}
