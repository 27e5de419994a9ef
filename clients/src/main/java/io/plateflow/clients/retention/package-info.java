/**
 * Decides which passes and pictures have expired, and deletes them in small steps. Failures are
 * retried by the next run.
 */
package io.plateflow.clients.retention;
