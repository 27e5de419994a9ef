package io.plateflow.api.recognition;

import io.plateflow.api.http.BodyLimits;
import io.plateflow.api.http.Exchange;
import io.plateflow.api.http.Refusal;
import io.plateflow.clients.web.WebClient;
import io.plateflow.clients.web.WebException;
import java.util.concurrent.atomic.AtomicLong;

/** Fetches pictures from addresses that clients name. */
public final class RemotePictures {

  private final WebClient web;

  /**
   * @param web stays with the caller
   */
  public RemotePictures(WebClient web) {
    this.web = web;
  }

  /**
   * Fetches at most {@link BodyLimits#FILE} bytes, which count like a body of the request.
   *
   * @param field that names the address, for the refusal
   * @throws Refusal where the address may not be named, or gives no such thing in time
   */
  public byte[] fetch(Exchange exchange, String field, String address) {
    AtomicLong counted = new AtomicLong();
    try {
      // Once as it comes, once whole.
      return web.fetch(
          address, BodyLimits.FILE, bytes -> exchange.need(2 * (bytes - counted.getAndSet(bytes))));
    } catch (WebException e) {
      throw Refusal.field(field, String.valueOf(e.getMessage()));
    }
  }
}
