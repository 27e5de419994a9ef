package io.plateflow.jobs.rest;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names under which a server is called by those who mean it. An IP address always is one: a page
 * that had its own name point at this machine (DNS rebinding) is called by that name.
 */
public final class HostNames {

  /** Of this machine only. */
  public static final HostNames LOCAL = new HostNames(Set.of());

  private static final Pattern HOST = Pattern.compile("(\\[[0-9a-f:.]+]|[^:\\[\\]]+)(:\\d{1,5})?");
  private static final Pattern ADDRESS =
      Pattern.compile("\\[[0-9a-f:.]+]|\\d{1,3}(\\.\\d{1,3}){3}");

  private final Set<String> names = new HashSet<>(Set.of("localhost"));

  HostNames(Collection<String> more) {
    more.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * @param host value of a Host header, with or without a port
   */
  public boolean include(String host) {
    Matcher matcher = HOST.matcher(host.toLowerCase(Locale.ROOT));
    return matcher.matches()
        && (names.contains(matcher.group(1)) || ADDRESS.matcher(matcher.group(1)).matches());
  }
}
