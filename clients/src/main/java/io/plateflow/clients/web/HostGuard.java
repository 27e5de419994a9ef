package io.plateflow.clients.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks names up and lets public addresses pass, and those of hosts that are allowed by name. It
 * answers the client that connects, so that no other address is connected to than was checked.
 */
final class HostGuard implements DnsResolver, AutoCloseable {

  /** Looks a name up. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  private static final int LOOKUPS = 16;

  private final Set<String> privateHosts;
  private final Lookup lookup;
  private final Duration patience;

  // A name server that does not answer cannot be interrupted.
  private final ExecutorService lookups =
      new ThreadPoolExecutor(
          0,
          LOOKUPS,
          10,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, "web-lookup");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param privateHosts that need no public address
   * @param patience how long a name server is waited for
   */
  HostGuard(Collection<String> privateHosts, Lookup lookup, Duration patience) {
    this.privateHosts = privateHosts.stream().map(HostGuard::bare).collect(Collectors.toSet());
    this.lookup = lookup;
    this.patience = patience;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = lookedUp(host);
    if (!privateHosts.contains(bare(host))) {
      for (InetAddress each : addresses) {
        if (!PublicAddresses.contains(each)) {
          throw new UnknownHostException("not public: " + host);
        }
      }
    }
    return addresses;
  }

  private InetAddress[] lookedUp(String host) throws UnknownHostException {
    try {
      return lookups
          .submit(() -> lookup.addresses(host))
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      throw unknown(host, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(host, e);
    }
  }

  private static UnknownHostException unknown(String host, Exception cause) {
    UnknownHostException unknown = new UnknownHostException("no address: " + host);
    unknown.initCause(cause);
    return unknown;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  private static String bare(String host) {
    String lower = host.strip().toLowerCase(Locale.ROOT);
    if (lower.startsWith("[") && lower.endsWith("]")) {
      lower = lower.substring(1, lower.length() - 1);
    }
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  @Override
  public void close() {
    lookups.shutdownNow();
  }
}
