package io.plateflow.api.http;

import io.plateflow.api.access.Authenticator;
import io.plateflow.api.access.Client;
import io.plateflow.api.access.Concurrency;
import io.plateflow.api.access.DeniedException;
import io.plateflow.api.access.Rates;
import io.plateflow.clients.ClientException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets a client in to an operation, or refuses it. */
public final class Gatekeeper {

  private final @Nullable Authenticator authenticator;
  private final Rates rates;
  private final Concurrency concurrency;

  /**
   * @param authenticator null lets everybody do everything
   */
  public Gatekeeper(@Nullable Authenticator authenticator, Rates rates, Concurrency concurrency) {
    this.authenticator = authenticator;
    this.rates = rates;
    this.concurrency = concurrency;
  }

  Admission admit(Operation operation, @Nullable String authorization) {
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

  /** One request that was let in, until it is answered. */
  record Admission(Client client, Concurrency.@Nullable Turn turn) implements AutoCloseable {
    @Override
    public void close() {
      if (turn != null) {
        turn.close();
      }
    }
  }

  private Admission metered(Operation operation, Client client) {
    if (!operation.metered()) {
      return new Admission(client, null);
    }
    try {
      rates.take(client);
      return new Admission(client, concurrency.enter(client));
    } catch (DeniedException e) {
      throw refusal(e);
    }
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
      case CONCURRENCY ->
          Refusal.later(
              Refusal.Kind.THROTTLED,
              "Too many requests of this client at the same time. Expected available in 1 second.",
              Duration.ofSeconds(1));
    };
  }
}
