package io.plateflow.clients.webhooks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A target that is to be told.
 *
 * @param image whether it wants the picture
 * @param secret key of the HMAC of each body
 * @param authorization value of that header; null for none
 */
public record NewWebhook(
    String target,
    boolean image,
    List<String> events,
    String secret,
    @Nullable String authorization) {

  public NewWebhook {
    events = List.copyOf(events);
  }

  @Override
  public String toString() {
    return "NewWebhook[target=%s, image=%s, events=%s]".formatted(target, image, events);
  }
}
