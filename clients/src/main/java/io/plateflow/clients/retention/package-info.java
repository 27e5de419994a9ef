/**
 * Decides which passes and pictures have expired, and deletes them in small steps. Failures are
 * retried by the next run.
 */
@NullMarked
package io.plateflow.clients.retention;

import org.jspecify.annotations.NullMarked;
