package io.plateflow.clients.retention;

import java.io.Serializable;
import java.time.Duration;

/**
 * How passes are deleted when they are older than their camera keeps them.
 *
 * @param keepByDefault for cameras that say nothing themselves; null keeps their passes for ever
 * @param interval between two looks for passes whose time is up
 * @param batchSize passes that are deleted in one transaction, and pictures that are removed
 *     between two, at most; at least 1
 */
public record RetentionConfig(Duration keepByDefault, Duration interval, int batchSize)
    implements Serializable {

  public static final RetentionConfig DEFAULT =
      new RetentionConfig(null, Duration.ofMinutes(10), 200);
}
