package io.plateflow.clients.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.plateflow.schemas.config.Consistent;
import io.plateflow.schemas.config.CrossChecked;
import io.soabase.recordbuilder.core.RecordBuilder;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.Set;

/**
 * The HTTP service.
 *
 * @param enabled whether the process that has everything starts it
 * @param bind the address that it listens on
 * @param port 0 takes a free one
 * @param open whether everybody may do everything without a credential: for trying out
 * @param allowPlain whether it may listen beyond this machine although nothing is encrypted
 * @param concurrent pictures of one token that may be under way at the same time
 */
@Consistent
@RecordBuilder
public record HttpConfig(
    boolean enabled,
    @NotBlank String bind,
    @Min(0) @Max(65535) int port,
    boolean open,
    boolean allowPlain,
    @Min(1) @Max(10_000) int concurrent,
    @JsonUnwrapped StillsConfig stills,
    @JsonUnwrapped OutboundConfig outbound)
    implements CrossChecked, HttpConfigBuilder.With {

  public static final HttpConfig DEFAULT =
      new HttpConfig(
          true, "127.0.0.1", 8080, false, false, 64, StillsConfig.DEFAULT, OutboundConfig.DEFAULT);

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

  @Override
  public void crossCheck(Problems problems) {
    if (!LOOPBACK.contains(bind) && !allowPlain) {
      problems.add(
          "bind",
          "found '%s', expected one of 127.0.0.1, ::1, localhost: keys and pictures would cross the"
                  .formatted(bind)
              + " network unencrypted. With allow-plain: true they do");
    }
  }
}
