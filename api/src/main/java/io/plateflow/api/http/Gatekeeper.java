package io.plateflow.api.http;

import io.plateflow.api.access.Authenticator;
import io.plateflow.api.access.Client;
import io.plateflow.api.access.DeniedException;
import io.plateflow.api.access.Rates;
import io.plateflow.clients.ClientException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets a client in to an operation, or refuses it. */
public final class Gatekeeper {

  private final @Nullable Authenticator authenticator;
  private final Rates rates;

  /**
   * @param authenticator null lets everybody do everything
   */
  public Gatekeeper(@Nullable Authenticator authenticator, Rates rates) {
    this.authenticator = authenticator;
    this.rates = rates;
  }

  Client admit(Operation operation, @Nullable String authorization) {
    if (authenticator == null || operation.right() == null) {
      return metered(operation, Client.OPEN);
    }
    Client client;
    try {
      client = authenticator.authenticate(authorization);
    } catch (DeniedException e) {
      throw refusal(e);
    } catch (ClientException e) {
      throw Refusal.because(
          Refusal.Kind.UNAVAILABLE, "Credentials cannot be checked at the moment.", e);
    }
    if (!client.rights().contains(operation.right())) {
      throw Refusal.of(
          Refusal.Kind.FORBIDDEN,
          "This needs the right '%s'.".formatted(operation.right().label()));
    }
    return metered(operation, client);
  }

  private Client metered(Operation operation, Client client) {
    if (operation.metered()) {
      try {
        rates.take(client);
      } catch (DeniedException e) {
        throw refusal(e);
      }
    }
    return client;
  }

  private static Refusal refusal(DeniedException e) {
    return switch (e.reason()) {
      case MISSING ->
          Refusal.of(Refusal.Kind.NO_CREDENTIAL, "Authentication credentials were not provided.");
      case WRONG -> Refusal.of(Refusal.Kind.WRONG_CREDENTIAL, "Invalid token.");
      case LOCKED ->
          Refusal.of(Refusal.Kind.LOCKED, "Too many wrong passwords. Try again in a few minutes.");
      case RATE ->
          Refusal.later(
              Refusal.Kind.THROTTLED,
              "Request was throttled. Expected available in 1 second.",
              Duration.ofSeconds(1));
    };
  }
}
