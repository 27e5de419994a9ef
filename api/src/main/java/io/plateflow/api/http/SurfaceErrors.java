package io.plateflow.api.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * What the server itself refuses, such as a path that nobody may send, in the form of a surface.
 */
final class SurfaceErrors extends ErrorHandler {

  private final Router router;

  SurfaceErrors(Router router) {
    this.router = router;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    Answer answer = answer(Request.getPathInContext(request), status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
  }

  @Override
  public ByteBuffer badMessageError(
      int status, @Nullable String reason, HttpFields.Mutable fields) {
    // The path is not known: the request could not be read.
    Answer answer = answer("/", status);
    fields.put(HttpHeader.CONTENT_TYPE, answer.contentType());
    return ByteBuffer.wrap(answer.body());
  }

  private Answer answer(@Nullable String path, int status) {
    Refusal refusal =
        switch (status) {
          case 404 -> Refusal.of(Refusal.Kind.NOT_FOUND, "Not found.");
          case 408 -> Refusal.of(Refusal.Kind.TIMEOUT, "The request did not arrive in time.");
          case 413 -> Refusal.of(Refusal.Kind.TOO_LARGE, "The request is too large.");
          case 431 -> Refusal.of(Refusal.Kind.HEADERS_TOO_LARGE, "The headers are too large.");
          default ->
              status < 500
                  ? Refusal.of(Refusal.Kind.BAD_REQUEST, "The request is no valid HTTP.")
                  : Refusal.of(Refusal.Kind.INTERNAL, "Internal error.");
        };
    return router.owner(path == null ? "/" : path).errors().of(refusal);
  }
}
