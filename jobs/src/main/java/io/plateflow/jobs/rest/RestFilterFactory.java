package io.plateflow.jobs.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.io.network.netty.InboundChannelHandlerFactory;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandler;

/**
 * Found by Flink's REST server where this module is on its class path: no request of a foreign
 * page, and none that {@link RestFilterOptions#ACCESS} does not allow, comes through.
 */
public final class RestFilterFactory implements InboundChannelHandlerFactory {

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public Optional<ChannelHandler> createHandler(
      Configuration configuration, Map<String, String> responseHeaders) {
    List<String> names = new ArrayList<>(configuration.get(RestFilterOptions.ALLOWED_HOSTS));
    configuration.getOptional(RestOptions.ADDRESS).ifPresent(names::add);
    configuration.getOptional(JobManagerOptions.ADDRESS).ifPresent(names::add);
    return Optional.of(
        new RestFilterInstaller(
            new RestPolicy(new HostNames(names), configuration.get(RestFilterOptions.ACCESS))));
  }
}
