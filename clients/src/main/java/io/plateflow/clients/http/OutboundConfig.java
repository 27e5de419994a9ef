package io.plateflow.clients.http;

import io.soabase.recordbuilder.core.RecordBuilder;
import jakarta.validation.constraints.NotBlank;
import java.util.List;

/**
 * Where the service itself may go.
 *
 * @param privateHosts names or addresses that are no public ones, where addresses of pictures and
 *     targets of webhooks may lead all the same
 */
@RecordBuilder
public record OutboundConfig(List<@NotBlank String> privateHosts)
    implements OutboundConfigBuilder.With {

  public static final OutboundConfig DEFAULT = new OutboundConfig(List.of());

  public OutboundConfig {
    privateHosts = List.copyOf(privateHosts);
  }
}
