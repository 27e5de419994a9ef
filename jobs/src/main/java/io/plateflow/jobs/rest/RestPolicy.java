package io.plateflow.jobs.rest;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpRequest;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.QueryStringDecoder;

/**
 * Which requests are answered. Browsers say with Host, Origin and Sec-Fetch-Site on whose behalf
 * they ask, and a page cannot change what they say.
 */
final class RestPolicy {

  private static final Set<String> START_PAGE = Set.of("/", "/index.html");

  private final HostNames hosts;
  private final RestAccess access;

  RestPolicy(HostNames hosts, RestAccess access) {
    this.hosts = hosts;
    this.access = access;
  }

  /** Why the request is refused; empty where it is not. */
  Optional<String> refusal(HttpRequest request) {
    List<String> host = request.headers().getAll("Host");
    if (host.size() != 1 || !hosts.include(host.get(0))) {
      return refused(
          "Host %s, expected an IP address, localhost, rest.address or one of %s"
              .formatted(host, RestFilterOptions.ALLOWED_HOSTS.key()));
    }
    List<String> foreign =
        request.headers().getAll("Origin").stream()
            .filter(origin -> !isOf(host.get(0), origin))
            .toList();
    if (!foreign.isEmpty()) {
      return refused("Origin %s, expected a page of %s".formatted(foreign, host.get(0)));
    }
    String path = new QueryStringDecoder(request.uri()).path();
    if (isOfAnotherSite(request) && !opensTheStartPage(request, path)) {
      return refused("the page of another site asks");
    }
    if (!access.allows(request.method().name(), path)) {
      return refused(
          "%s %s changes something, and %s is %s"
              .formatted(request.method(), path, RestFilterOptions.ACCESS.key(), access));
    }
    return Optional.empty();
  }

  private static Optional<String> refused(String why) {
    return Optional.of("Refused by Plateflow: " + why);
  }

  private static boolean isOf(String host, String origin) {
    // A proxy in front may speak https while this server does not.
    return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
  }

  private static boolean isOfAnotherSite(HttpRequest request) {
    return request.headers().getAll("Sec-Fetch-Site").stream()
        .anyMatch(site -> !site.equals("same-origin") && !site.equals("none"));
  }

  /** A link to the UI is fine; a frame around it is not. */
  private static boolean opensTheStartPage(HttpRequest request, String path) {
    return request.method().name().equals("GET")
        && START_PAGE.contains(path)
        && "document".equals(request.headers().get("Sec-Fetch-Dest"));
  }
}
