package io.plateflow.clients.webhooks;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A target, without its secrets.
 *
 * @param image whether it wants the picture
 * @param failingSince null where the last try succeeded, or there was none
 * @param lastError null where it does not fail
 * @param waiting deliveries that it has not taken yet
 * @param dead deliveries that were given up in the last week
 */
public record Webhook(
    long id,
    String target,
    boolean image,
    List<String> events,
    @Nullable Instant failingSince,
    @Nullable String lastError,
    long waiting,
    long dead) {

  public Webhook {
    events = List.copyOf(events);
  }
}
