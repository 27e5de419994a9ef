/**
 * The sinks that write passes, visits and the access list to Postgres, at least once. Repeated
 * records change nothing.
 */
package io.plateflow.connectors.postgres;
