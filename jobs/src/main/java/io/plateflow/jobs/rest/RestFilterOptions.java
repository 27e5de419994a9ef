package io.plateflow.jobs.rest;

import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Keys in Flink's own configuration. */
public final class RestFilterOptions {

  public static final ConfigOption<RestAccess> ACCESS =
      ConfigOptions.key("plateflow.rest.access")
          .enumType(RestAccess.class)
          .defaultValue(RestAccess.ALL)
          .withDescription("What callers of the REST interface may do: read, operate or all.");

  public static final ConfigOption<List<String>> ALLOWED_HOSTS =
      ConfigOptions.key("plateflow.rest.allowed-hosts")
          .stringType()
          .asList()
          .defaultValues()
          .withDescription(
              "Names by which the REST interface is called, beside IP addresses, localhost,"
                  + " rest.address and jobmanager.rpc.address.");

  private RestFilterOptions() {}
}
