package io.plateflow.clients.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An address of the web as a stranger writes it. */
final class WebAddress {

  private static final int LONGEST = 4_000;

  private WebAddress() {}

  /**
   * @throws WebException that says what was found and what is expected, without the query
   */
  static URI parse(String text) {
    String bare = text.strip();
    if (bare.length() > LONGEST) {
      throw new WebException(
          "Found an address of %d characters, expected at most %d."
              .formatted(bare.length(), LONGEST));
    }
    try {
      return checked(new URI(bare));
    } catch (URISyntaxException e) {
      throw new WebException("Found no valid address, expected http:// or https://.");
    }
  }

  /**
   * Where a redirect leads.
   *
   * @param location as the answer has it, or null
   */
  static URI redirected(URI from, @Nullable String location) {
    if (location == null) {
      throw new WebException("The address leads on, but does not say where.");
    }
    try {
      return checked(from.resolve(new URI(location.strip())));
    } catch (URISyntaxException e) {
      throw new WebException("The address leads on to no valid address.");
    }
  }

  private static URI checked(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new WebException(
          "Found an address of '%s:', expected http: or https:."
              .formatted(scheme.substring(0, Math.min(20, scheme.length()))));
    }
    if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
      throw new WebException("Found an address without a valid host and port.");
    }
    if (uri.getRawUserInfo() != null) {
      throw new WebException("Found a user or password in the address, expected none.");
    }
    try {
      // Letters that are not ASCII go percent-encoded; what is behind '#' is not sent.
      String ascii = uri.toASCIIString();
      int fragment = ascii.indexOf('#');
      return new URI(fragment < 0 ? ascii : ascii.substring(0, fragment));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("It was an address before", e);
    }
  }
}
