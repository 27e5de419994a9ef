/**
 * The sinks that write passes, visits and the access list to Postgres, at least once. Repeated
 * records change nothing.
 */
@NullMarked
package io.plateflow.connectors.postgres;

import org.jspecify.annotations.NullMarked;
