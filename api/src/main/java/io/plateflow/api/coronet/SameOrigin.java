package io.plateflow.api.coronet;

import io.plateflow.api.http.Exchange;
import io.plateflow.api.http.Refusal;
import java.net.URI;

/**
 * Whether a change was asked for by a page of this service, or by no page: links delete here, and
 * browsers send passwords that they remember with the links of any page.
 */
final class SameOrigin {

  private SameOrigin() {}

  /**
   * @throws Refusal where a page of another origin asks
   */
  static void require(Exchange exchange) {
    String site = exchange.header("Sec-Fetch-Site");
    boolean same =
        site != null
            // "none" is the address line.
            ? site.equals("same-origin") || site.equals("none")
            : isHere(exchange, "Origin") && isHere(exchange, "Referer") && !isStrayLink(exchange);
    if (!same || isPrefetch(exchange)) {
      throw Refusal.of(Refusal.Kind.FORBIDDEN, "Pages of other sites may not change this.");
    }
  }

  /** Browsers that send no {@code Sec-Fetch-Site} send these; programs send none of them. */
  private static boolean isHere(Exchange exchange, String header) {
    String address = exchange.header(header);
    return address == null || authority(address).equalsIgnoreCase(exchange.header("Host"));
  }

  /** A browser that follows a link and does not say from where; our own pages let it say so. */
  private static boolean isStrayLink(Exchange exchange) {
    return exchange.header("Upgrade-Insecure-Requests") != null
        && exchange.header("Referer") == null;
  }

  private static String authority(String address) {
    try {
      String authority = URI.create(address).getRawAuthority();
      return authority == null ? "" : authority;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** Nobody has followed the link yet. */
  private static boolean isPrefetch(Exchange exchange) {
    String purpose = exchange.header("Sec-Purpose");
    return purpose != null && purpose.contains("prefetch");
  }
}
