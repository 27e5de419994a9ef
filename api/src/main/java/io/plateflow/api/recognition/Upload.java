package io.plateflow.api.recognition;

import io.plateflow.api.access.Client;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A picture that somebody sent.
 *
 * @param surface that it came by, part of the name of its camera where the client names none
 * @param field of the request that holds the picture, for refusals
 * @param cameraId as the client has it, or null
 * @param filename as the client has it
 * @param capturedAt as the client says, else when it came
 * @param credits that it costs
 */
public record Upload(
    String surface,
    Client client,
    String field,
    @Nullable String cameraId,
    String filename,
    Instant capturedAt,
    byte[] picture,
    int credits) {

  /** One that costs one credit. */
  public Upload(
      String surface,
      Client client,
      String field,
      @Nullable String cameraId,
      String filename,
      Instant capturedAt,
      byte[] picture) {
    this(surface, client, field, cameraId, filename, capturedAt, picture, 1);
  }

  private static final int LONGEST_SOURCE = 100;

  /** The source of its reads: what a client says may hold characters that no source has. */
  String source() {
    String named = cameraId == null ? "" : cameraId.strip().replaceAll("[^A-Za-z0-9._-]+", "-");
    String source = named.isEmpty() ? "upload-" + surface : named;
    return source.length() <= LONGEST_SOURCE ? source : source.substring(0, LONGEST_SOURCE);
  }
}
