/**
 * Tells other programs' addresses of events: an outbox in Postgres, and the sender that any number
 * of instances run.
 */
@NullMarked
package io.plateflow.clients.webhooks;

import org.jspecify.annotations.NullMarked;
