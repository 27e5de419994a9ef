package io.plateflow.standalone;

import io.plateflow.jobs.rest.RestAccess;
import io.plateflow.jobs.rest.RestFilterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;

/**
 * Flink's REST interface and web UI for looking at only, on the loopback address. What stops a job
 * here does not go through it.
 */
public final class LoopbackRest {

  private static final String ADDRESS = "127.0.0.1";

  private LoopbackRest() {}

  public static void configure(Configuration flink, int port) {
    flink.set(RestOptions.BIND_ADDRESS, ADDRESS);
    flink.set(RestOptions.ADDRESS, ADDRESS);
    flink.set(RestOptions.PORT, port);
    flink.set(RestFilterOptions.ACCESS, RestAccess.READ);
    // The UI then shows no buttons that would be refused.
    flink.set(WebOptions.SUBMIT_ENABLE, false);
    flink.set(WebOptions.CANCEL_ENABLE, false);
    flink.set(WebOptions.RESCALE_ENABLE, false);
    // Flink's default lets the pages of every site read its answers.
    flink.set(WebOptions.ACCESS_CONTROL_ALLOW_ORIGIN, "http://%s:%d".formatted(ADDRESS, port));
  }
}
